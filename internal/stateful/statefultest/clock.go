package statefultest

import (
	"testing"
	"testing/synctest"
	"time"
)

// Noon is when tests in a bubble begin.
var Noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// InBubble runs a test in a bubble of testing/synctest, from Noon.
func InBubble(t *testing.T, test func(*testing.T)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(Noon))
		test(t)
	})
}

// Advance lets time pass in a bubble, until all goroutines wait.
func Advance(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}
