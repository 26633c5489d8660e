/* For ThreadSanitizer alone: Debian's liblua jumps by __longjmp_chk, which the sanitizer does not know. It keeps a stack of
 * the calls under way beside the real one, and takes back what a jump skips only where it sees the jump; so each error of
 * Lua left entries there, until the stack's end was written over. */
#include <setjmp.h>

#if defined(__SANITIZE_THREAD__)
#define IS_THREAD_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define IS_THREAD_SANITIZED 1
#endif
#endif

#if defined(IS_THREAD_SANITIZED) && defined(__linux__)
__attribute__((noreturn, visibility("default"))) void __longjmp_chk(jmp_buf environment, int value);

void __longjmp_chk(jmp_buf environment, int value) { longjmp(environment, value); }
#else
/* A file of C says something. */
typedef int clb_not_thread_sanitized;
#endif
