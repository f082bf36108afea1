package coworktenantsextension

import (
	"context"
	"errors"
	"strings"
	"time"

	"go.opentelemetry.io/collector/client"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/collector/extension/extensionauth"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/cowork-otel/collector/extension/coworktenantsextension/internal/metadata"
	"github.com/cowork-otel/collector/internal/tenant"
)

// An authenticator accepts requests with a token of the list. It is safe for concurrent use.
type authenticator struct {
	*source
	telemetry *metadata.TelemetryBuilder
}

var (
	_ extension.Extension  = (*authenticator)(nil)
	_ extensionauth.Server = (*authenticator)(nil)
)

// missing is the reason of a request without a bearer token, or with more than one.
const missing tenant.Result = "missing"

// refusals are the errors of refused requests. Servers respond 401 or Unauthenticated with
// the text.
var refusals = map[tenant.Result]error{
	missing:           errors.New("no bearer token (a header Authorization: Bearer TOKEN)"),
	tenant.Unknown:    errors.New("the token is not in the list of tokens"),
	tenant.Expired:    errors.New("the token has expired"),
	tenant.Superseded: errors.New("the token was replaced by a newer one"),
}

// Authenticate returns a context with the tenant of a request, which components read as
// client.Info.Auth. It returns an error if the request has no token that is accepted.
func (a *authenticator) Authenticate(ctx context.Context, headers map[string][]string) (context.Context, error) {
	sender, result := (*tenant.Tenant)(nil), missing
	if token, ok := bearerToken(headers); ok {
		sender, result = a.current.Load().Find(token, time.Now())
	}
	if result != tenant.Accepted {
		a.telemetry.ExtensionCoworkTenantsRefused.Add(ctx, 1, metric.WithAttributes(attribute.String("reason", string(result))))
		return ctx, refusals[result]
	}
	info := client.FromContext(ctx)
	info.Auth = sender
	return client.NewContext(ctx, info), nil
}

// bearerToken returns the token of the one Authorization header of a request. HTTP and
// gRPC write the name of the header in other cases.
func bearerToken(headers map[string][]string) (string, bool) {
	values := headers["Authorization"]
	if len(values) == 0 {
		values = headers["authorization"]
	}
	if len(values) != 1 {
		return "", false
	}
	scheme, token, ok := strings.Cut(values[0], " ")
	return token, ok && strings.EqualFold(scheme, "Bearer") && token != ""
}
