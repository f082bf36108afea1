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

// validate validates the configuration that the arguments of the command name, in a child
// process, so that the collector that runs is not affected.
func validate(args []string) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("validate: %w", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), validateLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, self, append([]string{"validate"}, args...)...) //nolint:gosec // its own command, with its own arguments
	cmd.WaitDelay = time.Second
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return fmt.Errorf("validate: no result after %s", validateLimit)
	}
	text := strings.TrimPrefix(strings.TrimSpace(out.String()), "Error: ")
	if text == "" {
		return fmt.Errorf("validate: %w", err)
	}
	return errors.New(text[:min(len(text), maxMistake)])
}
