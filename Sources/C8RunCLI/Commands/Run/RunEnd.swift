/// How a run of a script has ended.
enum RunEnd {
    case status(Int32)
    case error(any Error)
}
