package prompt

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestInvalidMeasures(t *testing.T) {
	check := func(key string, m Measure, count Count, value any, want, invalid int64) {
		t.Helper()
		tr := tracker(Settings{})
		tr.addAll(t, noon, request(1, "r1", attributes{"cost_usd_micros": nil, "input_tokens": nil, key: value}))
		require.Equal(t, want, tr.closeAll()[0].Sums[count], "%v", value)
		require.Equal(t, invalid, tr.Stats().Invalid[m], "%v", value)
	}
	for _, bad := range []any{-1, math.NaN(), math.Inf(1), "NaN", 1.5e300, int64(math.MaxInt64), int64(math.MinInt64), "many", true, []any{1}} {
		check("input_tokens", InputMeasure, InputTokens, bad, 0, 1)
		check("cost_usd_micros", CostMeasure, CostMicros, bad, 0, 1)
		check("cost_usd", CostMeasure, CostMicros, bad, 0, map[bool]int64{false: 1}[bad == int64(0)])
	}
	for _, absent := range []any{nil, "", "undefined"} {
		check("input_tokens", InputMeasure, InputTokens, absent, 0, 0)
		check("cost_usd", CostMeasure, CostMicros, absent, 0, 0)
	}
	check("input_tokens", InputMeasure, InputTokens, "12", 12, 0)
	check("cost_usd", CostMeasure, CostMicros, "0.0000125", 13, 0)
	check("cost_usd", CostMeasure, CostMicros, 1e9, 1e15, 0)
}

// TestOverflow adds the largest number that is believed until no more fits.
func TestOverflow(t *testing.T) {
	var c Counts
	n := int64(0)
	for c.addMeasure(InputTokens, maxMeasure) {
		n++
	}
	require.Equal(t, int64(math.MaxInt64)/maxMeasure, n)
	require.Equal(t, n*maxMeasure, c[InputTokens], "a number that would overflow is dropped")
}

// TestMillionEvents is one prompt that never ends.
func TestMillionEvents(t *testing.T) {
	const million = 1_000_000
	tr := tracker(Settings{})
	e := request(0, "", nil).view(t)
	sequence, _ := e.Record().Attributes().Get("event.sequence")
	for i := range million {
		sequence.SetInt(int64(i))
		if tr.Add(noon, e).Verdict != Counted {
			t.Fatal("was not new")
		}
	}
	require.Equal(t, Duplicate, tr.Add(noon, e).Verdict, "the latest are recognised")
	require.LessOrEqual(t, tr.digests.used, tr.set.MaxPromptDigests)
	require.Equal(t, million, int(tr.stats.Forgotten)+tr.entries[key{trace: TraceID(onePrompt)}].digests.Len(), "every dropped digest is counted")
	got := tr.closeAll()[0].Sums
	require.Equal(t, Counts{
		Events: million, APIRequests: million, CostMicros: 1500 * million, InputTokens: 10 * million, OutputTokens: 20 * million,
		CacheReadTokens: 30 * million, CacheCreationTokens: 40 * million,
	}, got)
}

func TestEviction(t *testing.T) {
	tr := tracker(Settings{MaxOpen: 2, MaxClosed: 3})
	for i := range 10 {
		tr.addAll(t, noon, request(1, "r", attributes{"prompt.id": "p" + strconv.Itoa(i)}))
		tr.consistent(t)
	}
	traces := tr.Take(nil)
	require.Len(t, traces, 8)
	for i, trace := range traces {
		require.Equal(t, "p"+strconv.Itoa(i), trace.PromptID, "the one idle longest is closed first")
		require.Equal(t, Evicted, trace.Reason)
	}
	require.Equal(t, Stats{Open: 2, Remembered: 3, Closed: [Reasons]int64{Evicted: 8}, Forgotten: 10}, tr.Stats())
	require.Equal(t, []Verdict{Duplicate, Counted}, tr.addAll(t, noon,
		request(1, "r", attributes{"prompt.id": "p7"}), request(1, "r", attributes{"prompt.id": "p0"})), "p0 is forgotten")
}

// TestDigestBudget fills the memory that all prompts share.
func TestDigestBudget(t *testing.T) {
	tr := tracker(Settings{MaxOpen: 4, MaxDigests: 64})
	for prompt := range 8 {
		for i := range 50 {
			tr.addAll(t, noon, eventOf("brand_new", i, attributes{"prompt.id": strconv.Itoa(prompt)}))
			require.LessOrEqual(t, tr.digests.used, 64+4*2*8, "plus the first tables of each prompt")
		}
	}
	require.Positive(t, tr.Stats().Forgotten)
	tr.consistent(t)
}

func TestNamesAreBounded(t *testing.T) {
	tr := tracker(Settings{})
	long := strings.Repeat("é", 100)
	tr.addAll(t, noon, request(0, "", attributes{"model": "a" + long}))
	for i := range 40 {
		tr.addAll(t, noon, request(i+1, "", attributes{"model": fmt.Sprintf("m%02d", i)}))
	}
	require.Equal(t, int64(1+40-31), tr.Stats().Cut[NameText])
	got := tr.closeAll()[0].Models
	require.Len(t, got, maxNames)
	require.Equal(t, "a"+long[:126], got[0], "whole characters")
}

func TestTextBudget(t *testing.T) {
	tr := tracker(Settings{MaxTextBytes: 60})
	tr.addAll(t, noon, request(1, "", attributes{"user.id": strings.Repeat("u", 50)}), request(2, "", attributes{"model": strings.Repeat("m", 50)}))
	require.Equal(t, [Texts]int64{SenderText: 1, NameText: 1}, tr.Stats().Cut)
	require.Equal(t, len("service.name"+"cowork"+"claude-opus-5-5"), tr.texts.used)
	require.Len(t, tr.closeAll()[0].Models, 1)
	tr.consistent(t)
}

func TestSenderIsBounded(t *testing.T) {
	tr := tracker(Settings{})
	e := eventOf("user_prompt", 1, attributes{"user.groups": []any{"a", "b"}}).view(t)
	res := e.Resource().Attributes()
	res.PutStr("long", strings.Repeat("x", maxSenderBytes))
	nested := res.PutEmpty("deep")
	for range 100_000 {
		nested = nested.SetEmptySlice().AppendEmpty()
	}
	wide := res.PutEmptyMap("wide")
	for i := range 1000 {
		wide.PutStr(strconv.Itoa(i), "value")
	}
	res.PutEmptyBytes("bytes").FromRaw([]byte("b"))
	tr.Add(noon, e)
	require.Equal(t, int64(3), tr.Stats().Cut[SenderText])
	o := tr.open.newest.sender
	require.Equal(t, map[string]any{"service.name": "cowork", "bytes": []byte("b")}, o.resource().Attributes().AsRaw())
	require.Equal(t, map[string]any{"user.groups": []any{"a", "b"}}, o.user().AsRaw())
	require.LessOrEqual(t, o.bytes, maxSenderBytes)
}

func TestSendersAreShared(t *testing.T) {
	tr := tracker(Settings{})
	for i := range 50 {
		tr.addAll(t, noon, request(1, "", attributes{"prompt.id": strconv.Itoa(i), "user.id": strconv.Itoa(i % 2)}))
	}
	require.Len(t, tr.texts.senders, 2)
	tr.consistent(t)
	tr.closeAll()
	require.Empty(t, tr.texts.senders)
	require.Zero(t, tr.texts.used)
}

// TestSendersThatAreNotEqual have the same key all the same.
func TestSendersThatAreNotEqual(t *testing.T) {
	tr := tracker(Settings{})
	for i, id := range []string{"a", "b", "a"} {
		tr.addAll(t, noon.Add(time.Duration(i)*time.Second), request(i, "", attributes{"prompt.id": id, "user.id": math.NaN()}))
	}
	require.Len(t, tr.texts.senders, 1)
	require.NotSame(t, tr.open.oldest.sender, tr.open.newest.sender)
	tr.Expire(noon.Add(61 * time.Second))
	require.Equal(t, 1, tr.Stats().Open)
	require.Len(t, tr.texts.senders, 1, "that of a, which is open")
	tr.consistent(t)
}

// TestSenderOfTheFirstThatHasOne takes the user from the user_prompt, where the first
// record named none.
func TestSenderOfTheFirstThatHasOne(t *testing.T) {
	tr := tracker(Settings{})
	tr.addAll(t, noon, eventOf("hook_execution_start", 1, nil), eventOf("user_prompt", 2, attributes{"user.id": "u"}))
	require.Equal(t, map[string]any{"user.id": "u"}, tr.open.newest.sender.user().AsRaw())
	tr.consistent(t)
}
