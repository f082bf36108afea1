package coworkjsonlinesextension

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/extension/extensiontest"
	"go.opentelemetry.io/collector/pdata/plog"
)

func encodingOf(t *testing.T, of string) plog.Marshaler {
	t.Helper()
	factory := NewFactory()
	cfg := factory.CreateDefaultConfig().(*Config)
	if of != "" {
		cfg.Of = of
	}
	require.NoError(t, cfg.Validate())
	e, err := factory.Create(context.Background(), extensiontest.NewNopSettings(factory.Type()), cfg)
	require.NoError(t, err)
	return e.(plog.Marshaler)
}

func TestLines(t *testing.T) {
	ld := plog.NewLogs()
	records := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords()
	document := records.AppendEmpty()
	body := document.Body().SetEmptyMap()
	body.PutInt("class_uid", 1007)
	body.PutEmptyMap("process").PutStr("cmd_line", "a < b && c\n")
	body.PutEmptySlice("list").AppendEmpty().SetBool(true)
	records.AppendEmpty().Attributes().PutDouble("cost", 0.5)
	records.AppendEmpty().Body().SetStr("text")

	for of, want := range map[string]string{
		"":           `{"class_uid":1007,"list":[true],"process":{"cmd_line":"a < b && c\n"}}` + "\n" + `"text"`,
		"attributes": `{"cost":0.5}`,
	} {
		got, err := encodingOf(t, of).MarshalLogs(ld)
		require.NoError(t, err)
		require.Equal(t, want, string(got))
	}
}

// TestNotFinite checks that an error has no value of a record.
func TestNotFinite(t *testing.T) {
	ld := plog.NewLogs()
	m := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty().Body().SetEmptyMap()
	m.PutStr("a", "CANARY")
	m.PutDouble("b", math.Inf(1))
	_, err := encodingOf(t, "").MarshalLogs(ld)
	require.ErrorIs(t, err, errNumber)
}

func TestValidate(t *testing.T) {
	require.EqualError(t, (&Config{Of: "resource"}).Validate(), `of: "resource" is no part of a record (body or attributes)`)
}
