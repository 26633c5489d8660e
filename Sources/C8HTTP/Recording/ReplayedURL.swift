/// URLs as cassettes hold them.
enum ReplayedURL {
    /// What stands behind the base URL, where the URL begins with it; else the URL.
    static func relative(_ url: String, to base: String?) -> String {
        guard let base, url.hasPrefix(base) else { return url }
        let rest = url.dropFirst(base.count)
        return rest.hasPrefix("/") ? String(rest) : url
    }

    /// The part in front of the query.
    static func path(_ url: String) -> Substring { url.prefix { $0 != "?" } }
}
