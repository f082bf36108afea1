package reconcile

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// A Usage is a row of a report of the Analytics API: what a person used of Cowork on a day.
type Usage struct {
	UserID, Email      string
	Day                int    // UTC, as the number 20261129
	Model              string // "" if the report is not by model
	HasCost, HasTokens bool
	Figures
}

var (
	errUsage    = errors.New("is no report of the Analytics API (rows by actor and day with starting_at, and list_amount or tokens, would be right: user_cost_report or user_usage_report)")
	errNotByDay = errors.New("is not by day (bucket_width=1d would be right)")
)

// tokenFields are the fields of tokens in the forms of the reports.
var tokenFields = []struct {
	names []string
	sum   func(*Figures) *int64
}{
	{[]string{"uncached_input_tokens", "tokens.input"}, func(f *Figures) *int64 { return &f.Input }},
	{[]string{"output_tokens", "tokens.output"}, func(f *Figures) *int64 { return &f.Output }},
	{[]string{"cache_read_input_tokens", "tokens.cache_read"}, func(f *Figures) *int64 { return &f.CacheRead }},
	{[]string{"cache_creation_input_tokens", "tokens.cache_creation", "cache_creation.ephemeral_5m_input_tokens"}, func(f *Figures) *int64 { return &f.CacheCreation }},
	{[]string{"cache_creation.ephemeral_1h_input_tokens"}, func(f *Figures) *int64 { return &f.CacheCreation }},
}

// ReadUsage reads reports of the Analytics API by user and day: the cost, the usage, or that of
// Claude Code, in the forms that ReadSessions reads. Amounts are in cents. Rows of other
// products and without a user are not returned. byProduct is false if the rows have no
// product, so that they include those of other products.
func ReadUsage(in io.Reader) (all []Usage, byProduct bool, err error) {
	n := 0
	err = readRows(in, func(r row) error {
		n++
		u, product, err := usageOf(r)
		switch {
		case err != nil:
			return fmt.Errorf("row %d %w", n, err)
		case u.UserID == "" && u.Email == "", product != "" && !strings.HasPrefix(product, "cowork"):
			byProduct = byProduct || product != ""
			return nil
		case len(all) == MaxSessions:
			return errTooMany
		}
		byProduct = byProduct || product != ""
		all = append(all, u)
		return nil
	})
	return all, byProduct, err
}

func usageOf(r row) (u Usage, product string, err error) {
	u = Usage{
		UserID: r.first("actor.user_id", "actor.id", "group.actor.user_id", "group.actor.id", "user_id"),
		Email:  strings.ToLower(r.first("actor.email_address", "actor.email", "group.actor.email_address", "group.actor.email", "email_address", "email")),
		Model:  modelName(r.first("model", "group.model")),
	}
	for _, t := range tokenFields {
		text := r.first(t.names...)
		if text == "" {
			continue
		}
		tokens, err := strconv.ParseInt(text, 10, 64)
		if err != nil || tokens < 0 {
			return u, "", errUsage
		}
		*t.sum(&u.Figures) += tokens
		u.HasTokens = true
	}
	if text := r.first("list_amount", "cost.list_amount", "estimated_cost.amount", "amount"); text != "" {
		cents, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(cents) || math.IsInf(cents, 0) {
			return u, "", errUsage
		}
		u.CostUSD, u.HasCost = cents/100, true
	}
	u.Requests, _ = strconv.ParseInt(r["requests"], 10, 64)
	if !u.HasCost && !u.HasTokens {
		return u, "", errUsage
	}
	day := r.first("starting_at", "date", "day")
	at, err := time.Parse(time.RFC3339Nano, day)
	if err != nil {
		at, err = time.Parse(time.DateOnly, day)
	}
	if err != nil {
		return u, "", errNotByDay
	}
	u.Day = dayNumber(at.UTC())
	return u, r.first("product", "group.product"), nil
}
