// What Python calls: objects behind opaque pointers, arrays by address. No exception leaves; -1 or a null pointer says
// that memory ran out. A call holds its object's lock, so that threads may share it.
#include <memory>
#include <mutex>
#include <new>

#include "arc_eager.hpp"
#include "biluo.hpp"
#include "encoder.hpp"

using namespace parser;

namespace {

template <class T>
struct Shared {
    template <class... Args>
    explicit Shared(Args&&... args) : object(std::forward<Args>(args)...) {}
    std::mutex lock;
    T object;
};

using SharedEncoder = Shared<Encoder>;
using SharedParser = Shared<ArcEager>;
using SharedRecogniser = Shared<Biluo>;

struct Classifier {
    Classifier(const Kernels& kernels, const float* W, const float* b, int classes)
        : kernels(kernels), layer(kernels, OwnedLayer::AFFINE, WIDTH, classes, W, b), no_mask(classes) {}
    const Kernels& kernels;
    OwnedLayer layer;
    std::vector<float> no_mask;
};

template <class Action>
auto guarded(Action action, decltype(action()) failure) noexcept -> decltype(action()) {
    try {
        return action();
    } catch (...) {
        return failure;
    }
}

const Kernels* const TABLES[] = {
    &kernels_plain,
#ifdef HAVE_X86
    &kernels_avx2,
    &kernels_avx512,
#endif
};
constexpr int TABLE_COUNT = sizeof(TABLES) / sizeof(TABLES[0]);

bool runs_here(int table) {
#ifdef HAVE_X86
    __builtin_cpu_init();
    if (table == 1) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (table == 2) return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("fma");
#endif
    return table == 0;
}

}  // namespace

#pragma GCC visibility push(default)
extern "C" {

// The instruction sets this library was built for, in order of speed.
int parser_tables() { return TABLE_COUNT; }
const char* parser_table_name(int table) { return TABLES[table]->name; }
int parser_table_runs(int table) { return runs_here(table); }

// tables: `columns` embedding tables of rows[c] x WIDTH. weights: for the mixing layer, then for each of the `depth`
// layers: W, b, gain, shift.
void* encoder_new(int table, int columns, const uint32_t* rows, const uint32_t* seeds, const float* const* tables,
                  int depth, const float* const* weights) {
    return guarded(
        [&]() -> void* {
            const Kernels& kernels = *TABLES[table];
            std::vector<HashTable> hash_tables(columns);
            for (int c = 0; c < columns; ++c) {
                hash_tables[c].rows = rows[c];
                hash_tables[c].seed = seeds[c];
                hash_tables[c].vectors.assign(tables[c], tables[c] + static_cast<size_t>(rows[c]) * WIDTH);
            }
            auto layer = [&](int index, int inputs) {
                const float* const* w = weights + index * 4;
                return NormedLayer{OwnedLayer(kernels, OwnedLayer::MAXOUT, inputs, WIDTH, w[0], w[1]),
                                   std::vector<float>(w[2], w[2] + WIDTH), std::vector<float>(w[3], w[3] + WIDTH)};
            };
            const float* const* first = weights + 4;
            std::vector<NormedLayer> others;
            for (int i = 2; i <= depth; ++i) others.push_back(layer(i, 3 * WIDTH));
            return new SharedEncoder(kernels, std::move(hash_tables), layer(0, columns * WIDTH),
                                     WindowLayer(kernels, first[0], first[1], first[2], first[3]), std::move(others));
        },
        nullptr);
}

int encoder_encode(void* encoder, const uint64_t* attributes, int64_t tokens, float* vectors) {
    auto* shared = static_cast<SharedEncoder*>(encoder);
    return guarded(
        [&] {
            const std::lock_guard<std::mutex> held(shared->lock);
            shared->object.encode(attributes, tokens, vectors);
            return 0;
        },
        -1);
}

void encoder_free(void* encoder) { delete static_cast<SharedEncoder*>(encoder); }

void* classifier_new(int table, const float* W, const float* b, int classes) {
    return guarded([&]() -> void* { return new Classifier(*TABLES[table], W, b, classes); }, nullptr);
}

// The best class of each token.
int classifier_classify(const void* classifier, const float* vectors, int64_t tokens, int32_t* classes) {
    const auto* c = static_cast<const Classifier*>(classifier);
    return guarded(
        [&] {
            constexpr int CHUNK = 64;
            std::vector<float> scores(static_cast<size_t>(CHUNK) * c->layer.stride);
            for (int64_t start = 0; start < tokens; start += CHUNK) {
                const int rows = static_cast<int>(start + CHUNK < tokens ? CHUNK : tokens - start);
                c->kernels.affine(c->layer, vectors + start * WIDTH, WIDTH, rows, scores.data());
                for (int r = 0; r < rows; ++r)
                    classes[start + r] = c->kernels.best(&scores[static_cast<size_t>(r) * c->layer.stride],
                                                         c->no_mask.data(), c->layer.outputs);
            }
            return 0;
        },
        -1);
}

void classifier_free(void* classifier) { delete static_cast<Classifier*>(classifier); }

void* arc_eager_new(int table, const ScorerWeights* weights, const int32_t* kinds, const int32_t* labels, int root,
                    const int32_t* plain, const int32_t* lifted_to, int label_count) {
    return guarded(
        [&]() -> void* {
            return new SharedParser(*TABLES[table], *weights, kinds, labels, root, plain, lifted_to, label_count);
        },
        nullptr);
}

int arc_eager_parse(void* parser, const float* vectors, const int64_t* rows, const int64_t* lengths, int64_t parts,
                    const int8_t* sent_starts, const uint8_t* is_space, int32_t* heads, int32_t* labels) {
    auto* shared = static_cast<SharedParser*>(parser);
    return guarded(
        [&] {
            const std::lock_guard<std::mutex> held(shared->lock);
            shared->object.parse(vectors, rows, lengths, parts, sent_starts, is_space, heads, labels);
            return 0;
        },
        -1);
}

void arc_eager_free(void* parser) { delete static_cast<SharedParser*>(parser); }

void* biluo_new(int table, const ScorerWeights* weights, const int32_t* kinds, const int32_t* labels) {
    return guarded([&]() -> void* { return new SharedRecogniser(*TABLES[table], *weights, kinds, labels); }, nullptr);
}

int64_t biluo_recognise(void* recogniser, const float* vectors, const int64_t* rows, int64_t length,
                        const int8_t* sent_starts, const uint8_t* is_space, int32_t* starts, int32_t* ends,
                        int32_t* labels) {
    auto* shared = static_cast<SharedRecogniser*>(recogniser);
    return guarded(
        [&]() -> int64_t {
            const std::lock_guard<std::mutex> held(shared->lock);
            return shared->object.recognise(vectors, rows, length, sent_starts, is_space, starts, ends, labels);
        },
        -1);
}

void biluo_free(void* recogniser) { delete static_cast<SharedRecogniser*>(recogniser); }

}  // extern "C"
#pragma GCC visibility pop
