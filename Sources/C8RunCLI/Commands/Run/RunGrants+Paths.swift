extension RunGrants {
    /// The same with other paths.
    func withPaths(_ change: (String) -> String) -> RunGrants {
        func changed(_ list: GrantList?) -> GrantList? {
            guard var list else { return nil }
            list.names = list.names.map(change)
            return list
        }
        var grants = self
        for path in [\RunGrants.read, \.write, \.denyRead, \.denyWrite] {
            grants[keyPath: path] = changed(grants[keyPath: path])
        }
        return grants
    }
}
