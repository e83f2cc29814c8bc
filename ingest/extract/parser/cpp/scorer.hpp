// The network of spaCy's TransitionBasedParser: what it makes of a state.
//
// A state is known by a few tokens (the top of the stack, the front of the buffer, their children). The lower layer
// (PrecomputableAffine) has a matrix for each of these places; its products are computed once for each token and
// summed for each state.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "encoder.hpp"

namespace parser {

struct ScorerWeights {
    int places;                        // of a state: 8 in the parser, 3 in the recogniser
    int moves;
    const float *reduce_w, *reduce_b;  // HIDDEN x WIDTH: the linear layer behind the encoder
    const float* lower_w;              // (places x STATE_PIECES x HIDDEN) x HIDDEN
    const float* lower_b;              // STATE_PIECES x HIDDEN
    const float* lower_pad;            // places x STATE_PIECES x HIDDEN: in place of a token that is not there
    const float *upper_w, *upper_b;    // moves x HIDDEN
};

class Scorer {
public:
    Scorer(const Kernels& kernels, const ScorerWeights& w)
        : kernels_(kernels),
          places_(w.places),
          moves_(w.moves),
          reduce_(kernels, OwnedLayer::AFFINE, WIDTH, HIDDEN, w.reduce_w, w.reduce_b),
          no_bias_(static_cast<size_t>(w.places) * STATE),
          lower_(kernels, OwnedLayer::AFFINE, HIDDEN, w.places * STATE, w.lower_w, no_bias_.data()),
          upper_(kernels, OwnedLayer::UPPER, HIDDEN, w.moves, w.upper_w, w.upper_b),
          lower_bias_(w.lower_b, w.lower_b + STATE),
          pad_(w.lower_pad, w.lower_pad + static_cast<size_t>(w.places) * STATE),
          gathered_(static_cast<size_t>(BLOCK) * WIDTH),
          reduced_(static_cast<size_t>(BLOCK) * reduce_.stride),
          products_(static_cast<size_t>(BLOCKS) * BLOCK * lower_.stride),
          held_(BLOCKS, NONE),
          scores_(upper_.stride) {}

    int moves() const { return moves_; }

    // The tokens to come: vectors[rows[i]], WIDTH floats each.
    void begin(const float* vectors, const int64_t* rows, int64_t count) {
        vectors_ = vectors;
        rows_ = rows;
        count_ = count;
        std::fill(held_.begin(), held_.end(), NONE);
    }

    // Scores of all moves in a state whose places hold these tokens, -1 where there is none. Valid until the next call.
    const float* score(const int64_t* tokens) {
        const float* features[MOST_PLACES];
        // a block is computed when a token of it is first asked for, and could push another one out
        for (int p = 0; p < places_; ++p)
            if (tokens[p] >= 0) hold(tokens[p] / BLOCK);
        for (int p = 0; p < places_; ++p) {
            if (tokens[p] >= 0 && held_[tokens[p] / BLOCK % BLOCKS] != tokens[p] / BLOCK) return score_scattered(tokens);
            features[p] = tokens[p] < 0 ? &pad_[p * STATE] : product(tokens[p]) + p * STATE;
        }
        kernels_.score(features, places_, lower_bias_.data(), upper_, scores_.data());
        return scores_.data();
    }

    int best(const float* scores, const float* mask) const { return kernels_.best(scores, mask, moves_); }

    static constexpr int MOST_PLACES = 8;

private:
    static constexpr int BLOCK = 32;   // tokens whose products are computed together
    static constexpr int BLOCKS = 8;  // held at a time, as many as the longest part has: 1 MB, which stays in the second-level cache
    static constexpr int64_t NONE = -1;

    float* product(int64_t token) {
        const int64_t slot = token / BLOCK % BLOCKS;
        return &products_[static_cast<size_t>(slot * BLOCK + token % BLOCK) * lower_.stride];
    }

    void hold(int64_t block) {
        if (held_[block % BLOCKS] == block) return;
        held_[block % BLOCKS] = block;
        const int64_t first = block * BLOCK;
        const int rows = static_cast<int>(first + BLOCK < count_ ? BLOCK : count_ - first);
        for (int r = 0; r < rows; ++r)
            std::memcpy(&gathered_[static_cast<size_t>(r) * WIDTH], vectors_ + rows_[first + r] * WIDTH,
                        WIDTH * sizeof(float));
        kernels_.affine(reduce_, gathered_.data(), WIDTH, rows, reduced_.data());
        kernels_.affine(lower_, reduced_.data(), reduce_.stride, rows, product(first));
    }

    // Two places of the state lie so far apart that their blocks take each other's room.
    const float* score_scattered(const int64_t* tokens) {
        float copies[MOST_PLACES * STATE];
        const float* features[MOST_PLACES];
        for (int p = 0; p < places_; ++p) {
            features[p] = &pad_[p * STATE];
            if (tokens[p] < 0) continue;
            hold(tokens[p] / BLOCK);
            std::memcpy(copies + p * STATE, product(tokens[p]) + p * STATE, STATE * sizeof(float));
            features[p] = copies + p * STATE;
        }
        kernels_.score(features, places_, lower_bias_.data(), upper_, scores_.data());
        return scores_.data();
    }

    const Kernels& kernels_;
    int places_, moves_;
    OwnedLayer reduce_;
    std::vector<float> no_bias_;
    OwnedLayer lower_, upper_;
    std::vector<float> lower_bias_, pad_, gathered_, reduced_, products_;
    std::vector<int64_t> held_;
    std::vector<float> scores_;
    const float* vectors_ = nullptr;
    const int64_t* rows_ = nullptr;
    int64_t count_ = 0;
};

// For every set of kinds of moves, what to add to the scores so that no other kind can be the best.
class Masks {
public:
    Masks(const std::vector<int32_t>& kinds, int kind_count) : size_(kinds.size()) {
        masks_.resize((static_cast<size_t>(1) << kind_count) * size_);
        for (size_t valid = 0; valid < (static_cast<size_t>(1) << kind_count); ++valid)
            for (size_t move = 0; move < size_; ++move)
                masks_[valid * size_ + move] =
                    valid >> kinds[move] & 1 ? 0 : -std::numeric_limits<float>::infinity();
    }

    const float* of(unsigned valid) const { return &masks_[valid * size_]; }

private:
    size_t size_;
    std::vector<float> masks_;
};

}  // namespace parser
