/// Calls `body` with an array of C strings and its length, valid only inside it.
func withCStrings<Result>(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>?, Int) -> Result
) -> Result {
    let ends = strings.reduce(into: [0]) { $0.append($0.last! + $1.utf8.count + 1) }
    let bytes: [CChar] = strings.flatMap { string -> [CChar] in string.utf8.map { CChar(bitPattern: $0) } + [0] }
    return unsafe bytes.withUnsafeBufferPointer { buffer in
        // Each string ends in its own NUL, at an offset inside the buffer.
        let pointers = unsafe ends.dropLast().map { unsafe Optional(buffer.baseAddress! + $0) }
        return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress, strings.count) }
    }
}
