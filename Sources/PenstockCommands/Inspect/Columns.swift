/// Lines up columns of text.
enum Columns {
    /// A line a row; every column but the last is as wide as its widest cell.
    static func text(_ rows: [[String]]) -> String {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.map { $0.indices.contains(column) ? DisplayWidth.of($0[column]) : 0 }.max() ?? 0
        }
        return rows.map { line($0, widths) + "\n" }.joined()
    }

    private static func line(_ row: [String], _ widths: [Int]) -> String {
        row.enumerated().map { column, cell in
            let isLast = column == row.count - 1
            return isLast ? cell : cell + String(repeating: " ", count: widths[column] - DisplayWidth.of(cell) + 2)
        }.joined()
    }
}
