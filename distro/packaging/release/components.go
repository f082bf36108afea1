package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// components writes the list of components (CycloneDX) of each binary of a target.
func (r *release) components(ctx context.Context, t target, folder string) error {
	for _, c := range commands {
		name := filepath.Join(r.out, fmt.Sprintf("%s_%s_%s.cdx.json", c, r.version, t.name()))
		raw := filepath.Join(folder, c+".cdx.json")
		err := r.execute(ctx, nil, "go", "tool", tools, "cyclonedx-gomod", "bin", "-json", "-noserial", "-std", "-version", "v"+r.version, "-output", raw, filepath.Join(folder, c))
		if err != nil {
			return err
		}
		list, err := os.ReadFile(raw)
		if err != nil {
			return err
		}
		if list, err = withoutTime(list); err != nil {
			return fmt.Errorf("%s: %w", raw, err)
		}
		if err := writeFile(name, func(w io.Writer) error { _, err := w.Write(list); return err }); err != nil {
			return err
		}
	}
	return nil
}

// withoutTime returns a list of components without what differs from run to run: its time
// and its serial number. The order of keys is that of the alphabet.
func withoutTime(list []byte) ([]byte, error) {
	var bom map[string]any
	if err := json.Unmarshal(list, &bom); err != nil {
		return nil, err
	}
	delete(bom, "serialNumber")
	if metadata, ok := bom["metadata"].(map[string]any); ok {
		delete(metadata, "timestamp")
	}
	out, err := json.MarshalIndent(bom, "", "  ")
	return append(out, '\n'), err
}
