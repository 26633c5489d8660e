extension JobTerms {
    /// The options that say the same.
    var options: [String] {
        let lists: [(String, GrantList?)] = [
            ("--allow-read", grants.read), ("--allow-write", grants.write), ("--allow-net", grants.net),
            ("--allow-env", grants.environment), ("--deny-read", grants.denyRead), ("--deny-write", grants.denyWrite),
            ("--deny-net", grants.denyNet), ("--deny-env", grants.denyEnvironment),
        ]
        var options = lists.flatMap { name, list -> [String] in
            guard let list else { return [] }
            return (list.isAll ? [name] : [])
                + (list.names.isEmpty ? [] : ["\(name)=\(list.names.joined(separator: ","))"])
        }
        if grants.token { options.append("--allow-token") }
        if let maximumMemory { options.append("--max-memory=\(maximumMemory)") }
        if let timeout {
            let seconds = timeout / .seconds(1)
            options.append("--timeout=\(Int64(exactly: seconds).map(String.init) ?? String(seconds))s")
        }
        if let maximumInstructions { options.append("--max-instructions=\(maximumInstructions)") }
        if let maximumOutput { options.append("--max-output=\(maximumOutput)") }
        return options
    }
}
