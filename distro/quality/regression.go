package main

import "math"

// A sample is a value that was judged in a labelled text.
type sample struct {
	features []int  // the indexes of its features
	secret   bool   // it is labelled as a secret
	source   string // of the text
}

// score returns the sum of the weights of the sample's features.
func (s sample) score(weights []float64) (sum float64) {
	for _, i := range s.features {
		sum += weights[i]
	}
	return sum
}

// The parameters of the regression.
const (
	pull     = 1.0  // of the starting weights: as strong as this many samples
	stepSize = 0.03 // of the descent
	decay    = 0.99 // of the mean square of a gradient from round to round
	rounds   = 3000 // of the descent
)

// fitWeights returns the weights with which a logistic regression explains the samples best,
// by gradient descent. A penalty keeps each weight near the one it starts from where
// there are few samples. The result depends only on the arguments.
func fitWeights(start []float64, samples []sample) []float64 {
	weights := append([]float64{}, start...)
	gradient := make([]float64, len(weights))
	square := make([]float64, len(weights))
	for range rounds {
		setGradient(gradient, weights, start, samples)
		for i, g := range gradient {
			square[i] = decay*square[i] + (1-decay)*g*g
			weights[i] -= stepSize * g / (math.Sqrt(square[i]) + 1e-3)
		}
	}
	return weights
}

// setGradient sets the gradient of the samples' negative log-likelihood and of the penalty.
func setGradient(gradient, weights, start []float64, samples []sample) {
	for i := range gradient {
		gradient[i] = pull * (weights[i] - start[i])
	}
	for _, s := range samples {
		miss := 1 / (1 + math.Exp(-s.score(weights)))
		if s.secret {
			miss--
		}
		for _, i := range s.features {
			gradient[i] += miss
		}
	}
}
