/// How long a platform may still be busy with a request whose answer was lost.
package enum SettleTime {
    /// Seconds after a write was sent; that it did not happen is not believed before.
    package static let seconds = 5.0
}
