// The arithmetic, written for vectors of LANES floats; see kernels.hpp.
//
// Compiled with -DTABLE=kernels_avx2 -DTABLE_NAME='"AVX2"' -DLANES=8 -mavx2 -mfma, and the like for others.
#include "kernels.hpp"

#include <math.h>

namespace parser {
namespace {

typedef float Vector __attribute__((vector_size(LANES * 4), aligned(4), may_alias));

// A tile of the product: ROWS input rows times GROUP vectors of outputs, all sums in registers.
constexpr int GROUP = 3;
constexpr int ROWS = LANES == 16 ? 8 : 4;
// The upper layer has one input row only; many short sums side by side hide the latency of each.
constexpr int UPPER_GROUP = 7;
static_assert(GROUP == PIECES, "a tile holds the pieces of its outputs");
static_assert(WIDTH % 16 == 0 && HIDDEN % 16 == 0, "widths are whole vectors");

inline Vector load(const float* from) { return *reinterpret_cast<const Vector*>(from); }
inline void store(float* to, Vector value) { *reinterpret_cast<Vector*>(to) = value; }
inline Vector larger(Vector a, Vector b) { return a > b ? a : b; }
inline int blocks(int outputs, int size) { return (outputs + size - 1) / size; }

inline float total(Vector values) {
    float sum = 0;
    for (int i = 0; i < LANES; ++i) sum += values[i];
    return sum;
}

int affine_stride(int outputs) { return blocks(outputs, GROUP * LANES) * GROUP * LANES; }
int upper_stride(int outputs) { return blocks(outputs, UPPER_GROUP * LANES) * UPPER_GROUP * LANES; }
size_t maxout_size(int inputs, int outputs) { return static_cast<size_t>(inputs) * outputs * PIECES; }
size_t affine_size(int inputs, int outputs) { return static_cast<size_t>(inputs) * affine_stride(outputs); }
size_t upper_size(int outputs) { return static_cast<size_t>(HIDDEN) * upper_stride(outputs); }

// Outputs come in blocks; a block holds, for each input, its columns side by side. What fills the last block up is 0.
void pack_columns(const float* W, const float* b, Layer& layer, int columns) {
    layer.stride = blocks(layer.outputs, columns) * columns;
    for (int column = 0; column < layer.stride; ++column) {
        const bool real = column < layer.outputs;
        layer.bias[column] = real ? b[column] : 0;
        float* block = layer.weights + static_cast<size_t>(column / columns) * columns * layer.inputs;
        for (int i = 0; i < layer.inputs; ++i)
            block[i * columns + column % columns] = real ? W[static_cast<size_t>(column) * layer.inputs + i] : 0;
    }
}

void pack_affine(const float* W, const float* b, Layer& layer) { pack_columns(W, b, layer, GROUP * LANES); }
void pack_upper(const float* W, const float* b, Layer& layer) { pack_columns(W, b, layer, UPPER_GROUP * LANES); }

void pack_maxout(const float* W, const float* b, Layer& layer) {
    layer.stride = layer.outputs;
    float* to = layer.weights;
    float* to_bias = layer.bias;
    for (int first = 0; first < layer.outputs; first += LANES) {
        for (int i = 0; i < layer.inputs; ++i)
            for (int piece = 0; piece < PIECES; ++piece)
                for (int lane = 0; lane < LANES; ++lane)
                    *to++ = W[(static_cast<size_t>(first + lane) * PIECES + piece) * layer.inputs + i];
        for (int piece = 0; piece < PIECES; ++piece)
            for (int lane = 0; lane < LANES; ++lane) *to_bias++ = b[(first + lane) * PIECES + piece];
    }
}

template <int N, bool MAXOUT>
inline void tile(const float* in, int step, int inputs, const float* weights, const float* bias, float* out,
                 int out_step) {
    Vector sums[N][GROUP];
    for (int r = 0; r < N; ++r)
        for (int g = 0; g < GROUP; ++g) sums[r][g] = Vector{};
    for (int i = 0; i < inputs; ++i, weights += GROUP * LANES) {
        const Vector w0 = load(weights), w1 = load(weights + LANES), w2 = load(weights + 2 * LANES);
        for (int r = 0; r < N; ++r) {
            const float x = in[r * step + i];
            sums[r][0] += w0 * x;
            sums[r][1] += w1 * x;
            sums[r][2] += w2 * x;
        }
    }
    for (int r = 0; r < N; ++r) {
        for (int g = 0; g < GROUP; ++g) sums[r][g] += load(bias + g * LANES);
        if (MAXOUT) {
            store(out + r * out_step, larger(larger(sums[r][0], sums[r][1]), sums[r][2]));
        } else {
            for (int g = 0; g < GROUP; ++g) store(out + r * out_step + g * LANES, sums[r][g]);
        }
    }
}

// A block of weights stays in the nearest cache while all rows pass by.
template <bool MAXOUT>
inline void product(const Layer& layer, const float* in, int step, int rows, float* out) {
    const int columns = MAXOUT ? LANES : GROUP * LANES;
    for (int block = 0; block * columns < layer.stride; ++block) {
        const float* weights = layer.weights + static_cast<size_t>(block) * GROUP * LANES * layer.inputs;
        const float* bias = layer.bias + block * GROUP * LANES;
        float* to = out + block * columns;
        int r = 0;
        for (; r + ROWS <= rows; r += ROWS)
            tile<ROWS, MAXOUT>(in + r * step, step, layer.inputs, weights, bias, to + r * layer.stride, layer.stride);
        for (; r < rows; ++r)
            tile<1, MAXOUT>(in + r * step, step, layer.inputs, weights, bias, to + r * layer.stride, layer.stride);
    }
}

void maxout(const Layer& layer, const float* in, int step, int rows, float* out) {
    product<true>(layer, in, step, rows, out);
}

void affine(const Layer& layer, const float* in, int step, int rows, float* out) {
    product<false>(layer, in, step, rows, out);
}

void window(const float* a, const float* b, const float* c, const float* bias, float* out) {
    for (int i = 0; i < WIDTH; i += LANES) {
        Vector sums[PIECES];
        for (int piece = 0; piece < PIECES; ++piece) {
            const int at = piece * WIDTH + i;
            sums[piece] = load(a + at) + load(b + at) + load(c + at) + load(bias + at);
        }
        store(out + i, larger(larger(sums[0], sums[1]), sums[2]));
    }
}

void normalise(const float* in, const float* gain, const float* shift, int rows, bool add, float* out) {
    for (int r = 0; r < rows; ++r, in += WIDTH, out += WIDTH) {
        Vector sum = {};
        for (int i = 0; i < WIDTH; i += LANES) sum += load(in + i);
        const float mean = total(sum) / WIDTH;
        Vector squares = {};
        for (int i = 0; i < WIDTH; i += LANES) {
            const Vector distance = load(in + i) - mean;
            squares += distance * distance;
        }
        const float scale = 1.0f / sqrtf(total(squares) / WIDTH + EPSILON);
        for (int i = 0; i < WIDTH; i += LANES) {
            Vector y = (load(in + i) - mean) * scale * load(gain + i) + load(shift + i);
            if (add) y += load(out + i);
            store(out + i, y);
        }
    }
}

void score(const float* const* features, int count, const float* bias, const Layer& upper, float* scores) {
    float hidden[HIDDEN];
    for (int i = 0; i < HIDDEN; i += LANES) {
        Vector first = load(features[0] + i), second = load(features[0] + HIDDEN + i);
        for (int f = 1; f < count; ++f) {
            first += load(features[f] + i);
            second += load(features[f] + HIDDEN + i);
        }
        store(hidden + i, larger(first + load(bias + i), second + load(bias + HIDDEN + i)));
    }
    const float* weights = upper.weights;
    for (int column = 0; column < upper.stride; column += UPPER_GROUP * LANES) {
        Vector sums[UPPER_GROUP];
        for (int g = 0; g < UPPER_GROUP; ++g) sums[g] = Vector{};
        for (int i = 0; i < HIDDEN; ++i, weights += UPPER_GROUP * LANES)
            for (int g = 0; g < UPPER_GROUP; ++g) sums[g] += load(weights + g * LANES) * hidden[i];
        for (int g = 0; g < UPPER_GROUP; ++g)
            store(scores + column + g * LANES, sums[g] + load(upper.bias + column + g * LANES));
    }
}

// Which is the highest is found first, then where it is: neither loop waits for a comparison.
int best(const float* scores, const float* mask, int count) {
    const int whole = count / LANES * LANES;
    float highest = scores[0] + mask[0];
    if (whole) {
        Vector most = load(scores) + load(mask);
        for (int i = LANES; i < whole; i += LANES) most = larger(load(scores + i) + load(mask + i), most);
        for (int i = 0; i < LANES; ++i) highest = most[i] > highest ? most[i] : highest;
    }
    for (int i = whole; i < count; ++i) highest = scores[i] + mask[i] > highest ? scores[i] + mask[i] : highest;
    int at = 0;
    while (at < count - 1 && scores[at] + mask[at] != highest) ++at;
    return at;
}

}  // namespace

extern const Kernels TABLE;
const Kernels TABLE = {
    TABLE_NAME,  maxout_size, affine_size, upper_size, affine_stride, upper_stride, pack_maxout,
    pack_affine, pack_upper,  maxout,      affine,     window,        normalise,    score,    best,
};

}  // namespace parser
