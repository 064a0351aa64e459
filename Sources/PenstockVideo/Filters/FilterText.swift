/// Writes values into descriptions of filters so that nothing in them is taken for the description's own language.
enum FilterText {
    /// A value of a filter's option, as it is written in a description.
    ///
    /// A description is read twice, first as a graph and then as each filter's options, and each reading takes away one
    /// layer of backslashes.
    static func quoted(_ value: String) -> String {
        escape("[],;", in: escape(":", in: value))
    }

    private static func escape(_ special: String, in text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if "\\'".unicodeScalars.contains(scalar) || special.unicodeScalars.contains(scalar) { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
