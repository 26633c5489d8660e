/// An error of a store that tells whether it may pass by itself.
package protocol StoreFailure: Error {
    /// Somebody else has the store locked at the moment: trying again makes sense.
    var isBusy: Bool { get }
    /// It is kept by another machine, which does not answer.
    var isUnreachable: Bool { get }
}

extension StoreFailure {
    package var isUnreachable: Bool { false }
}
