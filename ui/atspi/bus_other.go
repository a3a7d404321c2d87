//go:build !linux

package atspi

import "context"

// Run does nothing: the accessibility bus is Linux's.
func Run(context.Context, Window) error { return nil }
