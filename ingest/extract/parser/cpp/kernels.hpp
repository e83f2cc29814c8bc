// The arithmetic of the model, once for each instruction set.
//
// kernels.cpp is compiled several times, each time for other vector registers, and gives one table
// of functions each time; the table for the processor at hand is chosen when the library is loaded.
// Nothing in kernels.cpp may come from the standard library's templates: the linker keeps one copy
// of each, and it could be the one that this processor cannot run.
#pragma once

#include <cstddef>

namespace parser {

// The sizes of en_core_web_sm. A model with others is refused before it gets here.
constexpr int WIDTH = 96;         // of a token's vector
constexpr int PIECES = 3;         // of maxout in the encoder
constexpr int HIDDEN = 64;        // of a parser state
constexpr int STATE_PIECES = 2;   // of maxout over a parser state
constexpr int STATE = HIDDEN * STATE_PIECES;
constexpr float EPSILON = 1e-8f;  // thinc adds it to the variance

// A weight matrix, laid out in the order in which it is read.
struct Layer {
    int inputs = 0;
    int outputs = 0;     // as in the model
    int stride = 0;      // floats of an output row: outputs, filled up
    float* weights = nullptr;
    float* bias = nullptr;
};

struct Kernels {
    const char* name;

    // Floats that a packed layer takes: maxout with PIECES pieces, affine, and the upper layer of a parser.
    size_t (*maxout_size)(int inputs, int outputs);
    size_t (*affine_size)(int inputs, int outputs);
    size_t (*upper_size)(int outputs);
    int (*affine_stride)(int outputs);
    int (*upper_stride)(int outputs);

    // Lay W (outputs x PIECES x inputs, or outputs x inputs) and b out into layer.weights and layer.bias.
    void (*pack_maxout)(const float* W, const float* b, Layer& layer);
    void (*pack_affine)(const float* W, const float* b, Layer& layer);
    void (*pack_upper)(const float* W, const float* b, Layer& layer);

    // out[r] = max over pieces of (W in[r] + b). Rows of `in` begin `step` floats after each other and may overlap:
    // with step WIDTH and 3 * WIDTH inputs, row r is the window of tokens r - 1, r, r + 1 (thinc's expand_window).
    void (*maxout)(const Layer& layer, const float* in, int step, int rows, float* out);
    // out[r] = W in[r] + b; rows of `out` are layer.stride apart.
    void (*affine)(const Layer& layer, const float* in, int step, int rows, float* out);
    // out = max over pieces of (a + b + c + bias): maxout of a window whose three products are known already. Each of
    // them has PIECES runs of WIDTH floats, and so has bias.
    void (*window)(const float* a, const float* b, const float* c, const float* bias, float* out);
    // out[r] = out[r] * add + layer norm of in[r], over WIDTH floats; add is 1 for a residual, 0 for none.
    void (*normalise)(const float* in, const float* gain, const float* shift, int rows, bool add, float* out);
    // The scores of one parser state: the sum of its features' products, bias, maxout, upper layer.
    void (*score)(const float* const* features, int count, const float* bias, const Layer& upper, float* scores);
    // The first of the highest among scores[i] + mask[i].
    int (*best)(const float* scores, const float* mask, int count);
};

extern const Kernels kernels_plain;
#ifdef HAVE_X86
extern const Kernels kernels_avx2;
extern const Kernels kernels_avx512;
#endif

}  // namespace parser
