import Logging

extension ErrorReport {
    /// Everything but the message, as the fields of a line of the log. The names are those of an error in Lua.
    var fields: Logger.Metadata {
        var fields: Logger.Metadata = [:]
        for fact in facts { fields[fact.name] = .string(fact.value) }
        if let excerpt {
            fields["file"] = .string(excerpt.place.file)
            fields["line"] = .stringConvertible(excerpt.place.line)
            fields["source"] = .string(excerpt.text)
        }
        if !traceback.isEmpty { fields["traceback"] = .array(traceback.map { .string($0) }) }
        if let hint { fields["hint"] = .string(hint) }
        return fields
    }
}
