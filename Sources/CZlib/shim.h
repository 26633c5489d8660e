/* The one place that names zlib. C8CSV inflates tables that are stored as .gz with it. */
#include <zlib.h>
