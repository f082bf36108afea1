package coworkpathextension

import (
	"errors"
	"io"
	"net/http"
)

// The otlp receiver responds 400 to a body over max_request_body_size, as to one that is not
// OTLP. Only the status 413 shows administrators that the limit is the reason.

// A limitedBody records whether the body exceeded its limit.
type limitedBody struct {
	io.ReadCloser
	exceeded bool
}

// Read reads the body.
func (b *limitedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	var tooLarge *http.MaxBytesError
	b.exceeded = b.exceeded || errors.As(err, &tooLarge)
	return n, err
}

// A largeWriter changes the status of the response to a body that exceeded its limit.
type largeWriter struct {
	http.ResponseWriter
	body *limitedBody
}

// WriteHeader writes the status.
func (w largeWriter) WriteHeader(status int) {
	if status == http.StatusBadRequest && w.body.exceeded {
		status = http.StatusRequestEntityTooLarge
	}
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap returns the writer for http.ResponseController.
func (w largeWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
