/// Thrown into the server, which then closes the connection without a further word.
struct ConnectionCut: Error {}
