package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/spf13/cobra"
)

func newHealth(env environment) *cobra.Command {
	var address string
	cmd := &cobra.Command{
		Use:   "health",
		Short: "Report whether a collector is healthy",
		Long: "Request the health check of a collector. The exit status is 1 if it does not answer, or\n" +
			"a component cannot write. An image without a shell can check itself with it.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkHealth(cmd.Context(), address); err != nil {
				return err
			}
			fmt.Fprintln(env.stdout, "the collector is healthy")
			return nil
		},
	}
	cmd.Flags().StringVar(&address, "endpoint", "http://localhost:13133", "address of the health check")
	return cmd
}

// checkHealth returns nil if the health check answers that the collector is healthy.
func checkHealth(ctx context.Context, address string) error {
	res, err := getWithin(ctx, address, 5*time.Second)
	if err != nil {
		return errors.New("--endpoint: the health check does not answer (the extension health_check has its address)")
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("--endpoint: the collector is not healthy: status %d (its log has the reason)", res.StatusCode)
	}
	return nil
}

// getWithin requests an address, and does not follow redirects.
func getWithin(ctx context.Context, address string, limit time.Duration) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, err
	}
	client := http.Client{Timeout: limit, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return client.Do(req)
}
