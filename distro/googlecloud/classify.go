package googlecloud

import (
	"context"
	"slices"

	"go.opentelemetry.io/collector/consumer/consumererror"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// retryable are the codes of answers after which a batch is sent again. Unauthenticated is
// one of them: it is the code of a token that could not be renewed while the network was
// away. ResourceExhausted is a quota of a minute.
var retryable = []codes.Code{
	codes.Canceled, codes.DeadlineExceeded, codes.Aborted, codes.Unavailable,
	codes.Internal, codes.ResourceExhausted, codes.Unauthenticated,
}

// classify makes an error permanent unless a request of the batch can succeed later. What
// Google has accepted of such a batch is sent again too.
func classify(err error) error {
	if err == nil || canSucceed(err) {
		return err
	}
	return consumererror.NewPermanent(err)
}

// canSucceed reports whether one of the errors of a batch is retryable.
func canSucceed(err error) bool {
	switch e := err.(type) { //nolint:errorlint // each error of the tree is examined
	case interface{ GRPCStatus() *status.Status }:
		return slices.Contains(retryable, e.GRPCStatus().Code())
	case interface{ Unwrap() []error }:
		return slices.ContainsFunc(e.Unwrap(), canSucceed)
	case interface{ Unwrap() error }:
		return canSucceed(e.Unwrap())
	}
	return err == context.DeadlineExceeded || err == context.Canceled //nolint:errorlint // as above
}
