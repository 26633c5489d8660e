/* The one place that names zlib. C8CSV inflates tables that are stored as .gz with it, C8HTTP answers. */
#include <zlib.h>
