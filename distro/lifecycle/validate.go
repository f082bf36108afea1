package lifecycle

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

const (
	validateLimit = time.Minute
	maxMistake    = 4 << 10 // bytes of a validation's output that are logged
)

// A validation is the result of validate.
type validation struct {
	err      error
	warnings []string
}

// validate validates the configuration that the arguments of the command name, in a child
// process, so that the collector that runs is not affected.
func validate(args []string) validation {
	self, err := os.Executable()
	if err != nil {
		return validation{err: fmt.Errorf("validate: %w", err)}
	}
	ctx, cancel := context.WithTimeout(context.Background(), validateLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, self, append([]string{"validate"}, args...)...)
	cmd.WaitDelay = time.Second
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	if err == nil {
		return validation{warnings: warningsOf(out.String())}
	}
	if ctx.Err() != nil {
		return validation{err: fmt.Errorf("validate: no result after %s", validateLimit)}
	}
	text := strings.TrimPrefix(strings.TrimSpace(out.String()), "Error: ")
	if text == "" {
		return validation{err: fmt.Errorf("validate: %w", err)}
	}
	return validation{err: errors.New(text[:min(len(text), maxMistake)])}
}

// warningsOf returns the warnings about the whole configuration in the output of validate.
// Those of rules are not among them: the connector logs them itself.
func warningsOf(out string) (warnings []string) {
	for line := range strings.Lines(out) {
		text, found := strings.CutPrefix(strings.TrimSpace(line), warningPrefix)
		if found && !strings.HasPrefix(text, "connectors::") {
			warnings = append(warnings, text)
		}
	}
	return warnings
}
