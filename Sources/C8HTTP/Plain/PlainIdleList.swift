/// The connections to one host that nobody uses, the one that was used last at the end. Confined to its loop's thread.
final class PlainIdleList {
    var connections: [PlainConnection] = []
}
