// spaCy's Tok2Vec: MultiHashEmbed, then MaxoutWindowEncoder with a window of one token to either side.
//
// A token's embedding depends on its own attributes only (NORM, PREFIX, SUFFIX, SHAPE, ...): it is computed once for
// each distinct token and kept in a table of bounded size. So is what the first layer makes of the embedding: its
// product with a window is the sum of three products, of the token before, the token and the token after, each with
// its own third of the weights.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "kernels.hpp"

namespace parser {

// A layer that owns its packed weights.
struct OwnedLayer : Layer {
    enum Kind { MAXOUT, AFFINE, UPPER };

    OwnedLayer(const Kernels& kernels, Kind kind, int in, int out, const float* W, const float* b) {
        inputs = in;
        outputs = out;
        const size_t size = kind == MAXOUT   ? kernels.maxout_size(in, out)
                            : kind == AFFINE ? kernels.affine_size(in, out)
                                             : kernels.upper_size(out);
        const int columns = kind == MAXOUT   ? out * PIECES
                            : kind == AFFINE ? kernels.affine_stride(out)
                                             : kernels.upper_stride(out);
        weight_data.resize(size);
        bias_data.resize(columns);
        weights = weight_data.data();
        bias = bias_data.data();
        (kind == MAXOUT ? kernels.pack_maxout : kind == AFFINE ? kernels.pack_affine : kernels.pack_upper)(W, b, *this);
    }
    OwnedLayer(const OwnedLayer&) = delete;
    OwnedLayer(OwnedLayer&& other) = default;  // the vectors' memory moves along, so the pointers stay right

    std::vector<float> weight_data, bias_data;
};

// Maxout and the layer norm behind it.
struct NormedLayer {
    OwnedLayer maxout;
    std::vector<float> gain, shift;
};

// The first layer behind the embedding, taken apart.
struct WindowLayer {
    static constexpr int PRODUCT = PIECES * WIDTH;  // of one token with one third of the weights

    // W is (WIDTH x PIECES x 3 * WIDTH), b (WIDTH x PIECES), as in the model.
    WindowLayer(const Kernels& kernels, const float* W, const float* b, const float* gain, const float* shift)
        : products(kernels, OwnedLayer::AFFINE, WIDTH, 3 * PRODUCT, apart(W).data(),
                   std::vector<float>(3 * PRODUCT).data()),
          bias(PRODUCT),
          gain(gain, gain + WIDTH),
          shift(shift, shift + WIDTH) {
        for (int piece = 0; piece < PIECES; ++piece)
            for (int out = 0; out < WIDTH; ++out) bias[piece * WIDTH + out] = b[out * PIECES + piece];
    }

    OwnedLayer products;  // of a token, with the weights for it as the one before, the middle one, the one after
    std::vector<float> bias, gain, shift;

private:
    static std::vector<float> apart(const float* W) {
        std::vector<float> thirds(static_cast<size_t>(3) * PRODUCT * WIDTH);
        float* to = thirds.data();
        for (int third = 0; third < 3; ++third)
            for (int piece = 0; piece < PIECES; ++piece)
                for (int out = 0; out < WIDTH; ++out, to += WIDTH)
                    std::memcpy(to, W + ((static_cast<size_t>(out) * PIECES + piece) * 3 + third) * WIDTH,
                                WIDTH * sizeof(float));
        return thirds;
    }
};

// thinc's hash of a key into four rows of an embedding table: MurmurHash3 of the 64-bit key.
inline void hash_key(uint64_t key, uint32_t seed, uint32_t rows[4]) {
    uint64_t h1 = key * 0x87c37b91114253d5ull;
    h1 = (h1 << 31) | (h1 >> 33);
    h1 *= 0x4cf5ad432745937full;
    h1 ^= seed;
    h1 ^= 8;
    uint64_t h2 = static_cast<uint64_t>(seed) ^ 8;
    h1 += h2;
    h2 += h1;
    for (uint64_t* h : {&h1, &h2}) {
        *h ^= *h >> 33;
        *h *= 0xff51afd7ed558ccdull;
        *h ^= *h >> 33;
        *h *= 0xc4ceb9fe1a85ec53ull;
        *h ^= *h >> 33;
    }
    h1 += h2;
    h2 += h1;
    rows[0] = static_cast<uint32_t>(h1);
    rows[1] = static_cast<uint32_t>(h1 >> 32);
    rows[2] = static_cast<uint32_t>(h2);
    rows[3] = static_cast<uint32_t>(h2 >> 32);
}

struct HashTable {
    uint32_t rows = 0, seed = 0;
    std::vector<float> vectors;  // rows x WIDTH
};

class Encoder {
public:
    Encoder(const Kernels& kernels, std::vector<HashTable> tables, NormedLayer mix, WindowLayer first,
            std::vector<NormedLayer> others)
        : kernels_(kernels),
          tables_(std::move(tables)),
          mix_(std::move(mix)),
          first_(std::move(first)),
          others_(std::move(others)),
          columns_(static_cast<int>(tables_.size())),
          pad_(static_cast<int>(others_.size()) + 1),
          slots_(SLOTS, EMPTY),
          seen_again_(KEPT),
          // left as they come: what is not yet used takes no memory
          keys_(new uint64_t[static_cast<size_t>(KEPT) * columns_]),
          kept_(new float[static_cast<size_t>(KEPT) * WIDTH]),
          products_(new float[static_cast<size_t>(KEPT) * PRODUCTS]),
          nothing_(PRODUCTS) {
        const int rows = CHUNK + 2 * pad_;
        gathered_.resize(static_cast<size_t>(rows) * columns_ * WIDTH);
        // one row of zeros on either side, which the windows at the edges read
        buffer_.resize(static_cast<size_t>(rows + 2) * WIDTH);
        scratch_.resize(static_cast<size_t>(rows) * WIDTH);
        entries_.resize(rows);
    }

    // The vectors (tokens x WIDTH) of one document from its tokens' attributes (tokens x columns).
    //
    // thinc lays documents end to end with `pad` rows of zeros around each, as many as there are layers: the layers
    // compute on the padding too, and its values reach the document's edges. A long document is taken in pieces that
    // overlap by as many rows, which gives the same values: a token sees `pad` rows to either side, no more.
    void encode(const uint64_t* attributes, int64_t tokens, float* vectors) {
        for (int64_t start = 0; start < tokens; start += CHUNK) {
            const int64_t end = start + CHUNK < tokens ? start + CHUNK : tokens;
            const int rows = static_cast<int>(end - start) + 2 * pad_;
            embed(attributes, tokens, start - pad_, rows);
            std::memset(&buffer_[static_cast<size_t>(rows + 1) * WIDTH], 0, WIDTH * sizeof(float));
            for (int r = 0; r < rows; ++r)
                kernels_.window(product(r - 1, 0, rows), product(r, 1, rows), product(r + 1, 2, rows),
                                first_.bias.data(), &scratch_[static_cast<size_t>(r) * WIDTH]);
            kernels_.normalise(scratch_.data(), first_.gain.data(), first_.shift.data(), rows, true, row(0));
            for (const NormedLayer& layer : others_) {
                kernels_.maxout(layer.maxout, buffer_.data(), WIDTH, rows, scratch_.data());
                kernels_.normalise(scratch_.data(), layer.gain.data(), layer.shift.data(), rows, true, row(0));
            }
            std::memcpy(vectors + start * WIDTH, row(pad_), (end - start) * WIDTH * sizeof(float));
        }
    }

private:
    static constexpr int CHUNK = 512;       // tokens: the buffers stay in the second-level cache
    static constexpr int KEPT = 20000;      // distinct tokens: 8 MB of embeddings, 69 MB of products
    static constexpr int PRODUCTS = 3 * WindowLayer::PRODUCT;
    static constexpr int SLOTS = 1 << 16;
    static constexpr int32_t EMPTY = -1;

    float* row(int index) { return &buffer_[static_cast<size_t>(index + 1) * WIDTH]; }

    // The first layer's product of the token in a row of the buffer with one third of the weights.
    const float* product(int r, int third, int rows) const {
        const bool none = r < 0 || r >= rows || entries_[r] == EMPTY;
        return (none ? nothing_.data() : &products_[static_cast<size_t>(entries_[r]) * PRODUCTS]) +
               third * WindowLayer::PRODUCT;
    }

    // Fill the buffer's rows with the embeddings of tokens `first` and following; zeros outside the document.
    void embed(const uint64_t* attributes, int64_t tokens, int64_t first, int rows) {
        if (used_ + rows > KEPT) forget(rows);
        const int known = used_;
        for (int r = 0; r < rows; ++r) {
            const int64_t token = first + r;
            entries_[r] = token < 0 || token >= tokens ? EMPTY : entry(attributes + token * columns_);
        }
        compute(known);
        for (int r = 0; r < rows; ++r) {
            if (entries_[r] == EMPTY)
                std::memset(row(r), 0, WIDTH * sizeof(float));
            else
                std::memcpy(row(r), &kept_[static_cast<size_t>(entries_[r]) * WIDTH], WIDTH * sizeof(float));
        }
    }

    // Make room for so many tokens: those that have not been seen again since the last time go, or all of them.
    void forget(int room) {
        const int before = used_;
        used_ = 0;
        std::fill(slots_.begin(), slots_.end(), EMPTY);
        if (before - std::count(seen_again_.begin(), seen_again_.begin() + before, 1) < std::max(room, KEPT / 4)) return;
        for (int i = 0; i < before; ++i) {
            if (!seen_again_[i]) continue;
            const auto move = [&](auto* rows, size_t width) {
                std::memmove(rows + used_ * width, rows + i * width, width * sizeof *rows);
            };
            move(kept_.get(), WIDTH);
            move(products_.get(), PRODUCTS);
            entry(&keys_[static_cast<size_t>(i) * columns_]);  // is not found, and so noted as the next one
        }
    }

    // Index of a token's embedding; a new one has its attributes noted and its vector not yet computed.
    int32_t entry(const uint64_t* attributes) {
        uint64_t hash = 0;
        for (int c = 0; c < columns_; ++c) hash = (hash ^ attributes[c]) * 0x9e3779b97f4a7c15ull;
        const size_t bytes = columns_ * sizeof(uint64_t);
        for (uint32_t slot = static_cast<uint32_t>(hash >> 48);; slot = (slot + 1) % SLOTS) {
            if (slots_[slot] == EMPTY) {
                slots_[slot] = used_;
                std::memmove(&keys_[static_cast<size_t>(used_) * columns_], attributes, bytes);
                seen_again_[used_] = 0;
                return used_++;
            }
            if (!std::memcmp(&keys_[static_cast<size_t>(slots_[slot]) * columns_], attributes, bytes)) {
                seen_again_[slots_[slot]] = 1;
                return slots_[slot];
            }
        }
    }

    // Compute the embeddings from `known` on: the sum of four rows of each attribute's table, side by side, mixed;
    // and the first layer's products of them.
    void compute(int known) {
        const int fresh = used_ - known, width = columns_ * WIDTH;
        if (!fresh) return;
        for (int r = 0; r < fresh; ++r) {
            for (int c = 0; c < columns_; ++c) {
                const HashTable& table = tables_[c];
                uint32_t hashed[4];
                hash_key(keys_[static_cast<size_t>(known + r) * columns_ + c], table.seed, hashed);
                float* to = &gathered_[static_cast<size_t>(r) * width + static_cast<size_t>(c) * WIDTH];
                std::memset(to, 0, WIDTH * sizeof(float));
                for (uint32_t h : hashed) {
                    const float* from = &table.vectors[static_cast<size_t>(h % table.rows) * WIDTH];
                    for (int i = 0; i < WIDTH; ++i) to[i] += from[i];
                }
            }
        }
        kernels_.maxout(mix_.maxout, gathered_.data(), width, fresh, scratch_.data());
        float* vectors = &kept_[static_cast<size_t>(known) * WIDTH];
        kernels_.normalise(scratch_.data(), mix_.gain.data(), mix_.shift.data(), fresh, false, vectors);
        kernels_.affine(first_.products, vectors, WIDTH, fresh, &products_[static_cast<size_t>(known) * PRODUCTS]);
    }

    const Kernels& kernels_;
    std::vector<HashTable> tables_;
    NormedLayer mix_;
    WindowLayer first_;
    std::vector<NormedLayer> others_;
    int columns_, pad_, used_ = 0;
    std::vector<int32_t> slots_, entries_;
    std::vector<char> seen_again_;
    std::unique_ptr<uint64_t[]> keys_;
    std::unique_ptr<float[]> kept_, products_;
    std::vector<float> nothing_, gathered_, buffer_, scratch_;
};

}  // namespace parser
