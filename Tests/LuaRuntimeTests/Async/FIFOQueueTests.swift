import Testing

@testable import LuaRuntime

struct FIFOQueueTests {
    @Test(arguments: [1, 2, 32, 5000]) func whatNeverEmptiesStaysSmall(waiting: Int) {
        var queue = FIFOQueue<Int>()
        for number in 0..<waiting { queue.append(number) }
        var most = 0
        for number in 0..<100_000 {
            queue.append(waiting + number)
            #expect(queue.popFirst() == number)
            most = max(most, queue.places)
        }
        #expect(most <= 2 * (waiting + 1) + 1024)
        #expect(!queue.isEmpty)
    }

    @Test func orderIsKeptWhileItGrowsAndShrinks() {
        var queue = FIFOQueue<Int>()
        var appended = 0
        var taken = 0
        for round in 1...200 {
            for _ in 0..<(round * 37 % 101) {
                queue.append(appended)
                appended += 1
            }
            for _ in 0..<(round * 53 % 97) {
                guard let first = queue.popFirst() else { break }
                #expect(first == taken)
                taken += 1
            }
        }
        while let first = queue.popFirst() {
            #expect(first == taken)
            taken += 1
        }
        #expect(taken == appended && queue.isEmpty)
        #expect(queue.popFirst() == nil)
    }
}
