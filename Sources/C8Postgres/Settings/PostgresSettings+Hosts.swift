extension PostgresSettings {
    /// The options for each of several hosts, in their order: the library waits for the first as long as it may wait at all,
    /// so that one that swallows what it is sent would keep it from the others.
    ///
    /// One set of options where there is one host, where the order is the library's to choose, and where the lists do not fit
    /// each other, which the library tells better.
    func candidates(_ options: [String: String]) -> [[String: String]] {
        let kinds: Set<String> = ["any", "read-write", "primary"]
        guard let kind = options["target_session_attrs"], kinds.contains(kind), options["load_balance_hosts"] == nil
        else { return [options] }
        func list(_ name: String) -> [String] {
            (options[name] ?? PostgresLibrary.standard(name) ?? "").split(
                separator: ",", omittingEmptySubsequences: false
            )
            .map(String.init)
        }
        let (hosts, addresses, ports) = (list("host"), list("hostaddr"), list("port"))
        let count = max(hosts.count, addresses.count)
        func fits(_ texts: [String]) -> Bool { texts.count == count || texts == [""] }
        guard count > 1, fits(hosts), fits(addresses), fits(ports) || ports.count == 1 else { return [options] }
        return (0..<count).map { number in
            var own = options
            for (name, texts) in [("host", hosts), ("hostaddr", addresses), ("port", ports)] where texts != [""] {
                own[name] = texts.count == 1 ? texts[0] : texts[number]
            }
            return own
        }
    }
}
