/// A statement cannot be read further; the error has been noted.
struct LuaParseStop: Error {}
