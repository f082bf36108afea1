package reconcile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// The bounds of a query of the API.
const (
	pageSize    = 500
	maxPages    = 2 * MaxSessions / pageSize
	maxPage     = 32 << 20 // bytes
	maxAttempts = 5        // of one page
	maxWait     = time.Minute
)

// An API lists sessions by the Compliance API.
type API struct {
	BaseURL string
	Key     string
	// Wait waits before a request is repeated. Nil waits by the clock.
	Wait func(context.Context, time.Duration) error
}

// List returns the Cowork sessions that were created in a range of time. Its errors contain
// neither the key nor an answer of the server.
func (a API) List(ctx context.Context, from, to time.Time) ([]ListedSession, error) {
	base, err := url.Parse(a.BaseURL)
	if err != nil || base.Host == "" || base.User != nil || base.Scheme != "https" && (base.Scheme != "http" || !isLoopback(base.Hostname())) {
		return nil, errors.New("api: address is not permitted (https://api.anthropic.com would be right; http only for loopback)")
	}
	client := &http.Client{
		Timeout:       time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	var list sessionList
	for _, place := range []string{"local", "remote"} {
		query := url.Values{"limit": {strconv.Itoa(pageSize)}}
		for name, at := range map[string]time.Time{"created_at.gte": from, "created_at.lt": to} {
			if !at.IsZero() {
				query.Set(name, at.UTC().Format(time.RFC3339))
			}
		}
		for pages := map[string]bool{"": true}; ; {
			if len(pages) > maxPages {
				return nil, fmt.Errorf("api: %s sessions: %w", place, errTooMany)
			}
			at := base.JoinPath("v1/compliance/apps/sessions", place)
			at.RawQuery = query.Encode()
			page, err := a.page(ctx, client, at.String())
			if err != nil {
				return nil, fmt.Errorf("api: %s sessions: %w", place, err)
			}
			for _, one := range page.Data {
				r := row{}
				flatten(r, "", one)
				if err := list.addSession(r); err != nil {
					return nil, fmt.Errorf("api: %s sessions: %w", place, err)
				}
			}
			if page.Next == "" {
				break
			}
			if pages[page.Next] {
				return nil, fmt.Errorf("api: %s sessions: next_page is a page from before (the next one would be right)", place)
			}
			pages[page.Next] = true
			query.Set("page", page.Next)
		}
	}
	return list.all, nil
}

// An apiPage is an answer. Data is nil if it is none of a list.
type apiPage struct {
	Data []map[string]any `json:"data"`
	Next string           `json:"next_page"`
}

// page requests a page, again while the API is busy.
func (a API) page(ctx context.Context, client *http.Client, address string) (page apiPage, err error) {
	wait := a.Wait
	if wait == nil {
		wait = sleep
	}
	for attempt := 1; ; attempt++ {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return page, errors.New("address is invalid")
		}
		request.Header.Set("x-api-key", a.Key)
		response, err := client.Do(request)
		if err != nil {
			return page, errors.New("no answer (check the network and --api)")
		}
		body, readErr := io.ReadAll(io.LimitReader(response.Body, maxPage+1))
		_ = response.Body.Close()
		status := response.StatusCode
		switch {
		case status == http.StatusOK && readErr == nil && len(body) <= maxPage:
			if json.Unmarshal(body, &page) != nil || page.Data == nil {
				return page, errShape
			}
			return page, nil
		case status == http.StatusOK:
			return page, fmt.Errorf("answer is cut off or longer than %d bytes", maxPage)
		case status != http.StatusTooManyRequests && status < 500 || attempt == maxAttempts:
			return page, statusProblem(status)
		}
		delay := time.Duration(attempt) * time.Second
		if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil && seconds >= 0 {
			delay = min(time.Duration(min(seconds, 3600))*time.Second, maxWait)
		}
		if err := wait(ctx, delay); err != nil {
			return page, err
		}
	}
}

func statusProblem(status int) error {
	advice := map[int]string{
		http.StatusUnauthorized:    " (a Compliance API key in ANTHROPIC_COMPLIANCE_KEY would be right)",
		http.StatusForbidden:       " (a key that may read sessions would be right)",
		http.StatusNotFound:        " (needs the Compliance API of an Enterprise plan; check --api)",
		http.StatusTooManyRequests: ", repeatedly (try later, or fewer days)",
	}[status]
	if status >= 300 && status < 400 {
		advice = ", a redirect, which is not followed"
	}
	return fmt.Errorf("answer is %d%s", status, advice)
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
