// spaCy's dependency parser: the arc-eager transition system (spacy/pipeline/_parser_internals/arc_eager.pyx), run
// greedily, and the heads that pseudo-projective labels stand for (nonproj.pyx).
#pragma once

#include <algorithm>
#include <unordered_set>

#include "scorer.hpp"

namespace parser {

class ArcEager {
public:
    enum Kind { SHIFT, REDUCE, LEFT, RIGHT, BREAK, KINDS };

    // Labels are numbers; a decorated label `dobj||xcomp` has its parts in `plain` and `lifted_to`, others -1 there.
    ArcEager(const Kernels& kernels, const ScorerWeights& weights, const int32_t* kinds, const int32_t* labels,
             int root, const int32_t* plain, const int32_t* lifted_to, int label_count)
        : scorer_(kernels, weights),
          kinds_(kinds, kinds + weights.moves),
          move_labels_(labels, labels + weights.moves),
          plain_(plain, plain + label_count),
          lifted_to_(lifted_to, lifted_to + label_count),
          root_(root),
          masks_(kinds_, KINDS) {}

    // Parse `parts` stretches of `lengths` tokens, laid end to end in `rows`, each as a document of its own.
    //
    // sent_starts: for each token 1 (starts a sentence), -1 (does not), 0 (open). is_space: for each token 0 or 1.
    // Heads are written as indices within the part (a root's is its own), labels as numbers.
    void parse(const float* vectors, const int64_t* rows, const int64_t* lengths, int64_t parts,
               const int8_t* sent_starts, const uint8_t* is_space, int32_t* heads, int32_t* labels) {
        int64_t count = 0;
        for (int64_t p = 0; p < parts; ++p) count += lengths[p];
        scorer_.begin(vectors, rows, count);
        int64_t offset = 0;
        for (int64_t p = 0; p < parts; ++p) {
            length_ = static_cast<int>(lengths[p]);
            run(offset, sent_starts + offset);
            annotate(is_space + offset, heads + offset, labels + offset);
            offset += lengths[p];
        }
    }

private:
    void run(int64_t offset, const int8_t* sent_starts) {
        sent_starts_ = sent_starts;
        stack_.clear();
        rebuffer_.clear();
        next_ = 0;
        heads_.assign(length_, -1);
        labels_.assign(length_, -1);
        last_left_.assign(length_, -1);
        last_right_.assign(length_, -1);
        sibling_.assign(length_, -1);
        unshiftable_.assign(length_, 0);
        broken_.assign(length_, 0);
        while (!stack_.empty() || buffer_length()) {
            const unsigned valid = valid_kinds();
            if (!valid) break;  // spaCy's force_final: the rest stays without heads
            int64_t places[Scorer::MOST_PLACES] = {
                B(0), B(1), S(0), S(1), S(2), child(last_left_, B(0)), child(last_left_, S(0)), child(last_right_, S(0)),
            };
            for (int64_t& token : places)
                if (token >= 0) token += offset;
            const int move = scorer_.best(scorer_.score(places), masks_.of(valid));
            apply(kinds_[move], move_labels_[move]);
        }
    }

    int S(size_t i) const { return i < stack_.size() ? stack_[stack_.size() - 1 - i] : -1; }
    int B(size_t i) const {
        if (i < rebuffer_.size()) return rebuffer_[rebuffer_.size() - 1 - i];
        const size_t token = next_ + i - rebuffer_.size();
        return token < static_cast<size_t>(length_) ? static_cast<int>(token) : -1;
    }
    size_t buffer_length() const { return length_ - next_ + rebuffer_.size(); }
    static int child(const std::vector<int32_t>& last, int head) { return head < 0 ? -1 : last[head]; }

    bool is_sent_start(int token) const { return token >= 0 && (sent_starts_[token] == 1 || broken_[token]); }
    bool cannot_sent_start(int token) const { return token >= 0 && sent_starts_[token] == -1; }

    unsigned valid_kinds() const {
        const bool stack = !stack_.empty(), buffer = buffer_length() > 0, two = buffer_length() > 1;
        const bool at_start = is_sent_start(B(0));
        unsigned valid = 0;
        if (!stack || (two && !at_start && !unshiftable_[B(0)])) valid |= 1u << SHIFT;
        if (stack && (!buffer || stack_.size() > 1 || !cannot_sent_start(B(0)))) valid |= 1u << REDUCE;
        if (stack && buffer && !at_start) valid |= 1u << LEFT | 1u << RIGHT;
        if (two && B(1) == B(0) + 1 && !is_sent_start(B(1)) && !cannot_sent_start(B(1))) valid |= 1u << BREAK;
        return valid;
    }

    void apply(int kind, int label) {
        switch (kind) {
            case SHIFT:
                push();
                break;
            case REDUCE:
                if (heads_[S(0)] < 0 && stack_.size() > 1) {  // unshift: back to the buffer, not to be shifted again
                    unshiftable_[S(0)] = 1;
                    rebuffer_.push_back(S(0));
                }
                stack_.pop_back();
                break;
            case LEFT:
                add_arc(B(0), S(0), label);
                unshiftable_[B(0)] = 0;
                stack_.pop_back();
                break;
            case RIGHT:
                add_arc(S(0), B(0), label);
                push();
                break;
            case BREAK:
                broken_[B(1)] = 1;
                break;
        }
    }

    void push() {
        if (rebuffer_.empty()) {
            stack_.push_back(static_cast<int>(next_++));
        } else {
            stack_.push_back(rebuffer_.back());
            rebuffer_.pop_back();
        }
    }

    // Children hang in lists, the last one first. A token that changes its head is always the last child of the old one:
    // it got there by RIGHT, and its head has been below it on the stack since.
    void add_arc(int head, int token, int label) {
        if (const int old = heads_[token]; old >= 0) {
            int32_t& last = old > token ? last_left_[old] : last_right_[old];
            if (last == token) last = sibling_[token];
        }
        int32_t& last = head > token ? last_left_[head] : last_right_[head];
        sibling_[token] = last;
        last = token;
        heads_[token] = head;
        labels_[token] = label;
    }

    void annotate(const uint8_t* is_space, int32_t* heads, int32_t* labels) {
        bool lifted = false;
        for (int i = 0; i < length_; ++i) {
            heads[i] = heads_[i] < 0 ? i : heads_[i];
            labels[i] = heads[i] == i ? root_ : labels_[i];
            lifted = lifted || plain_[labels[i]] >= 0;
        }
        if (!lifted) return;
        set_edges(heads);
        for (int i = 0; i < length_; ++i) {
            const int label = labels[i];
            if (plain_[label] < 0) continue;
            heads[i] = new_head(i, lifted_to_[label], is_space, heads, labels);
            labels[i] = plain_[label];
        }
    }

    // doc.pyx, set_children_from_heads: the first and last token below each token, as far as spaCy sees them.
    void set_edges(const int32_t* heads) {
        left_edge_.resize(length_);
        right_edge_.resize(length_);
        for (int i = 0; i < length_; ++i) left_edge_[i] = right_edge_[i] = i;
        for (int round = 0; round <= 11; ++round) {
            for (int i = 0; i < length_; ++i) widen(i, heads[i]);
            for (int i = length_ - 1; i >= 0; --i) widen(i, heads[i]);
            if (heads_within_sentences(heads)) break;
        }
    }

    void widen(int token, int head) {
        left_edge_[head] = std::min(left_edge_[head], left_edge_[token]);
        right_edge_[head] = std::max(right_edge_[head], right_edge_[token]);
    }

    bool heads_within_sentences(const int32_t* heads) const {
        std::unordered_set<int> starts;
        for (int i = 0; i < length_; ++i)
            if (heads[i] == i) starts.insert(left_edge_[i]);
        int start = 0;
        for (int i = 0; i < length_; ++i) {
            if (!(i > 0 && starts.count(i)) && i != length_ - 1) continue;
            for (int j = start; j < i; ++j)
                if (heads[j] < start || heads[j] > i) return false;
            start = i;
        }
        return true;
    }

    // nonproj.pyx, _find_new_head: breadth first from the head, the first one below it that has the label. The edges
    // are those from before any head was changed, as in spaCy.
    int new_head(int token, int label, const uint8_t* is_space, const int32_t* heads, const int32_t* labels) {
        std::vector<int> queue{heads[token]}, following;
        // a head that was changed could close a circle, in which spaCy would go round for ever
        std::vector<char> seen(length_, 0);
        while (!queue.empty()) {
            following.clear();
            for (int from : queue) {
                if (seen[from]) continue;
                seen[from] = 1;
                for (int i = left_edge_[from]; i <= right_edge_[from]; ++i) {
                    if (i == from || heads[i] != from || is_space[i] || i == token) continue;
                    if (labels[i] == label) return i;
                    following.push_back(i);
                }
            }
            queue.swap(following);
        }
        return heads[token];
    }

    Scorer scorer_;
    std::vector<int32_t> kinds_, move_labels_, plain_, lifted_to_;
    int root_;
    Masks masks_;

    int length_ = 0;
    size_t next_ = 0;  // the first token that has not been taken from the buffer
    const int8_t* sent_starts_ = nullptr;
    std::vector<int32_t> stack_, rebuffer_, heads_, labels_, last_left_, last_right_, sibling_;
    std::vector<char> unshiftable_, broken_;
    std::vector<int32_t> left_edge_, right_edge_;
};

}  // namespace parser
