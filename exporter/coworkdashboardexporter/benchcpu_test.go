package coworkdashboardexporter

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A cpuClock reads the CPU time of a database: that of this process, and of the processes
// that serve its connections. Unlike the wall clock it does not run faster if others use
// the cores. It is always 0 where /proc is missing.
type cpuClock struct{ database string }

// newCPUClock returns a clock for a database by its address.
func newCPUClock(address string) cpuClock {
	if !strings.HasPrefix(address, "postgres://") {
		return cpuClock{}
	}
	address, _, _ = strings.Cut(address, "?")
	return cpuClock{filepath.Base(address)}
}

func (c cpuClock) now() (sum time.Duration) {
	tasks, _ := filepath.Glob("/proc/self/task/*/schedstat")
	if c.database != "" {
		tasks = append(tasks, c.backends()...)
	}
	for _, task := range tasks {
		text, _ := os.ReadFile(task) // the process may have ended
		var nanoseconds int64
		_, _ = fmt.Sscan(string(text), &nanoseconds)
		sum += time.Duration(nanoseconds)
	}
	return sum
}

// backends returns the times of the processes of PostgreSQL that serve the database.
func (c cpuClock) backends() (files []string) {
	processes, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, process := range processes {
		title, _ := os.ReadFile(process)
		if strings.HasPrefix(string(title), "postgres: ") && strings.Contains(string(title), " "+c.database+" ") {
			files = append(files, filepath.Join(filepath.Dir(process), "schedstat"))
		}
	}
	return files
}
