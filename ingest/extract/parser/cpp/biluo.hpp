// spaCy's entity recogniser: the BILUO transition system (spacy/pipeline/_parser_internals/ner.pyx), run greedily over
// documents in which no entity is set beforehand.
#pragma once

#include "scorer.hpp"

namespace parser {

class Biluo {
public:
    // NEVER is what needs a preset entity: missing, and the unit without a label that blocks a token.
    enum Kind { BEGIN, IN, LAST, UNIT, OUT, NEVER, KINDS };

    Biluo(const Kernels& kernels, const ScorerWeights& weights, const int32_t* kinds, const int32_t* labels)
        : scorer_(kernels, weights),
          kinds_(kinds, kinds + weights.moves),
          move_labels_(labels, labels + weights.moves),
          masks_(kinds_, KINDS) {}

    // sent_starts: 1 where a token starts a sentence. Returns how many entities were found; entity e has tokens
    // starts[e] to ends[e], exclusive, and label labels[e]. The arrays have room for as many as there are tokens.
    int64_t recognise(const float* vectors, const int64_t* rows, int64_t length, const int8_t* sent_starts,
                      const uint8_t* is_space, int32_t* starts, int32_t* ends, int32_t* labels) {
        scorer_.begin(vectors, rows, length);
        int64_t found = 0;
        int64_t start = -1;  // of the open entity
        int label = -1;
        for (int64_t token = 0; token < length; ++token) {
            const int64_t places[Scorer::MOST_PLACES] = {token, start, start < 0 ? -1 : token - 1};
            const float* scores = scorer_.score(places);
            const bool last = token + 1 >= length;
            const bool sentence_ends = !last && sent_starts[token + 1] == 1;
            int move;
            if (start < 0) {
                unsigned valid = 1u << OUT;
                if (!is_space[token]) valid |= 1u << UNIT;
                if (!is_space[token] && !last && !sentence_ends) valid |= 1u << BEGIN;
                move = scorer_.best(scores, masks_.of(valid));
            } else {
                move = best_inside(scores, label, !last && !sentence_ends);
            }
            switch (kinds_[move]) {
                case BEGIN:
                    start = token;
                    label = move_labels_[move];
                    break;
                case UNIT:
                case LAST:
                    starts[found] = static_cast<int32_t>(start < 0 ? token : start);
                    ends[found] = static_cast<int32_t>(token + 1);
                    labels[found++] = move_labels_[move];
                    start = -1;
                    break;
                default:
                    break;
            }
        }
        return found;
    }

private:
    // In an entity there is only going on and ending it, with its own label.
    int best_inside(const float* scores, int label, bool may_go_on) const {
        int at = -1;
        for (int move = 0; move < scorer_.moves(); ++move) {
            if (move_labels_[move] != label || !(kinds_[move] == LAST || (kinds_[move] == IN && may_go_on))) continue;
            if (at < 0 || scores[move] > scores[at]) at = move;
        }
        return at;
    }

    Scorer scorer_;
    std::vector<int32_t> kinds_, move_labels_;
    Masks masks_;
};

}  // namespace parser
