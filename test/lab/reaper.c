/*
 * Process 1 of a lab host: collects the children that daemons leave behind and does nothing else. When it is killed, the
 * kernel ends every process of the host with it.
 */
#include <signal.h>
#include <sys/wait.h>

int main(void) {
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  sigprocmask(SIG_BLOCK, &children, 0);
  for (;;) {
    int received;
    sigwait(&children, &received);
    while (waitpid(-1, 0, WNOHANG) > 0) continue;
  }
}
