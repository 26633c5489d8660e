/// First in, first out, in constant time each on average, and in memory for what waits at most: also where the queue is never
/// empty.
struct FIFOQueue<Element> {
    /// What has left is not moved away one by one, but as soon as it is this much and more than what waits.
    private static var mostLeft: Int { 1024 }

    private var items: [Element] = []
    private var head = 0

    var isEmpty: Bool { head == items.count }

    /// Places that are in use: what waits, and what has left and still lies there.
    var places: Int { items.count }

    mutating func append(_ element: Element) { items.append(element) }

    mutating func popFirst() -> Element? {
        guard head < items.count else { return nil }
        let element = items[head]
        head += 1
        if head == items.count {
            items.removeAll(keepingCapacity: items.count <= Self.mostLeft)
            head = 0
        } else if head >= Self.mostLeft, head * 2 >= items.count {
            items.removeFirst(head)
            head = 0
        }
        return element
    }
}
