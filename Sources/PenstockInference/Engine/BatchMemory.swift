package import PenstockCore
internal import PenstockFlow

/// The memory of a request's pictures or scores.
package struct BatchMemory: Hashable, Sendable {
    /// The bytes of one place.
    package var placeBytes: Int
    /// The places of a request.
    package var places: Int

    /// Describes the memory of a request.
    package init(placeBytes: Int, places: Int) {
        self.placeBytes = placeBytes
        self.places = places
    }
}

extension BatchMemory {
    /// Makes sure that a number of requests fit into this machine's memory, or its control group's.
    ///
    /// - Throws: `tooLarge` when they do not.
    package func check(
        requests: Int = 1,
        limit: Int = AvailableMemory.limit()
    ) throws(PenstockError) {
        let (request, isTooLong) = placeBytes.multipliedReportingOverflow(by: places)
        let (total, isTooMuch) = request.multipliedReportingOverflow(by: requests)
        guard !isTooLong, !isTooMuch, total <= limit else { throw tooLarge(requests, limit) }
    }

    private func tooLarge(_ requests: Int, _ limit: Int) -> PenstockError {
        let what = requests == 1 ? "A request" : "\(requests) requests"
        return PenstockError(
            .tooLarge,
            at: .configure,
            "\(what) of \(places) pictures of \(placeBytes) bytes do not fit into the \(limit >> 20) MB that there are "
                + "here; lower --batch or --requests."
        )
    }

    /// Allocates the memory, zeroed so that nothing is ever read that was not written; the caller owns it.
    func allocate() throws(PenstockError) -> UnsafeMutableRawBufferPointer {
        try check()
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: placeBytes * places, alignment: 64)
        // As long as it was just made.
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0)
        return unsafe memory
    }
}
