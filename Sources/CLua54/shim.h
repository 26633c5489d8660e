/* The one place that names liblua5.4. CLuaBoundary includes lua.h itself, with the paths that pkg-config gives;
   nothing in Swift imports this module, so the header is empty on purpose. */
