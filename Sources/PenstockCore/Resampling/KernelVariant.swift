package import CPenstockKernels

/// The instruction sets that kernels are written for; all give the same bits.
package enum KernelVariant: String, Sendable, CaseIterable {
    /// Plain C.
    case scalar
    /// x86-64 with AVX2, FMA, BMI, BMI2 and POPCNT.
    case avx2
    /// x86-64 with AVX-512 and its byte and neural-network extensions.
    case avx512

    /// Those that this processor runs, slowest first.
    package static var available: [KernelVariant] {
        // A table is compared with nothing, not read.
        allCases.filter { unsafe $0.table != nil }
    }

    /// The fastest that this processor runs.
    package static var fastest: KernelVariant { available.last ?? .scalar }

    /// The kernels, in static memory, or nothing where this processor lacks the instructions.
    @unsafe
    package var table: UnsafePointer<penstock_kernels>? { unsafe penstock_kernels_of(number) }

    /// The number by which the kernels know the variant.
    package var number: penstock_variant {
        switch self {
        case .scalar: PENSTOCK_VARIANT_SCALAR
        case .avx2: PENSTOCK_VARIANT_AVX2
        case .avx512: PENSTOCK_VARIANT_AVX512
        }
    }
}
