// Package prompts holds the views of prompts: a page of the list ([NewList]), one prompt
// with its figures and the waterfall of its steps ([NewDetail]), and the list as JSON.
package prompts
