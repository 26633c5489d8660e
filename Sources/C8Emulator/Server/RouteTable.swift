import C8Platform

/// The paths of the stand-in: one documented, all others below `/emulator`.
///
/// Written apart from the bindings that are handed to the client, so that a mistake in them is found.
enum RouteTable {
    private static let routes: [(method: String, pattern: String, operation: OperationID)] = [
        ("POST", "/emulator/production/orders", "production.orders.create"),
        ("POST", "/emulator/production/orders/page", "production.orders.list"),
        ("GET", "/emulator/production/orders/*", "production.orders.get"),
        ("DELETE", "/emulator/production/orders/*", "production.orders.delete"),
        ("POST", "/emulator/production/orders/*/codes", "production.offline.upload_codes"),
        ("POST", "/emulator/production/orders/*/codes/page", "production.orders.list_codes"),
        ("POST", "/emulator/logistics/orders", "logistics.orders.create"),
        ("GET", "/emulator/logistics/orders/*", "logistics.orders.get"),
        ("DELETE", "/emulator/logistics/orders/*", "logistics.orders.delete"),
        ("POST", "/emulator/logistics/orders/*/codes", "logistics.offline.upload_codes"),
        ("POST", "/emulator/logistics/orders/*/complete", "logistics.orders.complete"),
    ]

    /// Finds what a method and a path, still percent-encoded and without its query, ask for.
    static func find(method: String, path: String) throws(Refusal) -> Route {
        if path == "/cncop/ca/v1/applications/get-token" {
            guard method == "POST" else { throw .unknownMethod }
            return .getToken
        }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        if let route = try madeUp(method: method, path: path, last: segments.last ?? "") { return route }
        var isKnownPath = false
        for route in routes {
            let pattern = route.pattern.split(separator: "/", omittingEmptySubsequences: false)
            guard let orderNo = match(segments, pattern) else { continue }
            isKnownPath = true
            if route.method == method {
                return .operation(route.operation, orderNo: orderNo.isEmpty ? nil : orderNo)
            }
        }
        throw isKnownPath ? .unknownMethod : .unknownPath
    }

    /// By the whole path, or by all of it but the key at its end.
    private static let madeUp: [String: MadeUpOperation] = Dictionary(
        MadeUpCatalogue.all.map { ($0.hasKeyInPath ? $0.path + "/*" : $0.path, $0) },
        uniquingKeysWith: { first, _ in first })

    private static func madeUp(method: String, path: String, last: Substring) throws(Refusal) -> Route? {
        if let operation = madeUp[path] {
            guard operation.method == method else { throw .unknownMethod }
            return .operation(operation.id, orderNo: nil)
        }
        guard let operation = madeUp[path.dropLast(last.count) + "*"], let key = decode(last), !key.isEmpty else {
            return nil
        }
        guard operation.method == method else { throw .unknownMethod }
        return .operation(operation.id, orderNo: key)
    }

    /// The text in place of the pattern's star; empty where the pattern has none; nil when the two do not match.
    private static func match(_ segments: [Substring], _ pattern: [Substring]) -> String? {
        guard segments.count == pattern.count else { return nil }
        var found = ""
        for (segment, expected) in zip(segments, pattern) {
            if expected == "*" {
                guard let decoded = decode(segment), !decoded.isEmpty else { return nil }
                found = decoded
            } else if segment != expected {
                return nil
            }
        }
        return found
    }

    /// Undoes percent-encoding; nil when it is broken or does not give UTF-8.
    private static func decode(_ segment: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = segment.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard
                digits.count == 2, digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
                let decoded = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(decoded)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
