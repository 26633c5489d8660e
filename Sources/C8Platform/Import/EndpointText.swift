/// Method and path, in the ways in which pages name them.
enum EndpointText {
    static let methodKeys: Set<String> = [
        "请求方法", "请求方式", "http方法", "方法", "提交方式", "调用方式", "请求类型", "method", "httpmethod", "requestmethod",
    ]
    static let pathKeys: Set<String> = [
        "请求路径", "请求地址", "接口地址", "接口路径", "接口url", "请求url", "路径", "地址", "url", "uri", "path", "endpoint",
        "访问地址", "调用地址", "requesturl", "api地址",
    ]

    /// The method that a text names.
    static func method(_ text: String) -> HTTPMethod? {
        let words = text.uppercased().split { !$0.isLetter || !$0.isASCII }
        let found = words.compactMap { HTTPMethod(rawValue: String($0)) }
        return found.first
    }

    /// The path in a text: from its first slash on, without scheme, host and query, `:id` as `{id}`.
    static func path(_ text: String) -> String? {
        for word in text.split(whereSeparator: { $0.isWhitespace || "，,;；\"'`<>（）()".contains($0) }) {
            if let path = path(word: word) { return path }
        }
        return nil
    }

    private static func path(word: Substring) -> String? {
        var rest = word
        if let scheme = rest.firstRange(of: "://") {
            rest = rest[scheme.upperBound...]
            guard let slash = rest.firstIndex(of: "/") else { return nil }
            rest = rest[slash...]
        } else if rest.first != "/" {
            // {base_url}/x, ${host}/x, 域名/x
            guard let slash = rest.firstIndex(of: "/"), slash > rest.startIndex else { return nil }
            let host = rest[..<slash]
            let isPlaceholder = host.hasSuffix("}") || host.contains("域名") || host.contains(".") && !host.hasPrefix(".")
            guard isPlaceholder else { return nil }
            rest = rest[slash...]
        }
        rest = rest.prefix { $0 != "?" && $0 != "#" }
        while rest.count > 1, let last = rest.last, "。.、:：*|".contains(last) { rest = rest.dropLast() }
        guard rest.count > 1, !rest.hasPrefix("//") else { return nil }
        let parts = rest.split(separator: "/", omittingEmptySubsequences: false).map { part -> String in
            if part.first == ":" { return "{\(part.dropFirst())}" }
            return part.hasPrefix("${") ? String(part.dropFirst()) : String(part)
        }
        let path = parts.joined(separator: "/")
        return (try? PathTemplate(path)) == nil ? nil : path
    }

    /// `POST /x/y` or `POST https://host/x/y`, as a line of its own or at the beginning of one.
    static func call(_ text: String) -> (HTTPMethod, String)? {
        let words = text.split(maxSplits: 2, whereSeparator: { $0.isWhitespace || $0 == ":" || $0 == "：" })
        guard words.count >= 2, let method = HTTPMethod(rawValue: words[0].uppercased()) else { return nil }
        let rest = text[words[0].endIndex...].drop { $0.isWhitespace || $0 == ":" || $0 == "：" }
        guard rest.first == "/" || rest.lowercased().hasPrefix("http") || rest.first == "{",
            let path = path(String(rest))
        else { return nil }
        return (method, path)
    }
}
