/// A request, for closures that know it: the request itself is large to carry along.
final class PlainErrand: Sendable {
    let request: HTTPRequest

    init(_ request: HTTPRequest) { self.request = request }
}
