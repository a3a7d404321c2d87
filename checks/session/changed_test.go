package session

import (
	"reflect"
	"testing"
	"time"

	"unlisted/checks/profile"
)

// No part of a profile changes without the subscribers being told: every field
// that is filled shows, and what stands in the Document is what undo brings back.
func TestCompareKnowsEveryField(t *testing.T) {
	notState := map[string]bool{"Version": true, "Created": true, "Sample": true, "Document": true, "SourceKey": true}
	see := func(v reflect.Value, p *profile.Profile, inDocument bool) {
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			if notState[name] {
				continue
			}
			old := reflect.New(v.Field(i).Type()).Elem()
			old.Set(v.Field(i))
			v.Field(i).Set(filled(v.Field(i).Type()))
			switch c := compare(&profile.Profile{}, p); {
			case c == 0:
				t.Errorf("%s changes in silence", name)
			case c.Has(document) != inDocument:
				t.Errorf("%s: told %b", name, c)
			case compare(p, &profile.Profile{}) != c || compare(p, p) != 0:
				t.Errorf("%s: emptied is told otherwise than filled", name)
			}
			v.Field(i).Set(old)
		}
	}
	p := &profile.Profile{}
	see(reflect.ValueOf(p).Elem(), p, false)
	see(reflect.ValueOf(&p.Document).Elem(), p, true)
}

// A list or map that is empty is the same as none: nobody is told of a change.
func TestEmptyIsNone(t *testing.T) {
	empty := profile.Profile{
		Document: profile.Document{
			Identifiers: []profile.Own{}, Skipped: []string{}, Answers: map[string]string{}, Leaving: map[string]time.Time{}, Steps: map[string]map[string]profile.Ticked{},
		},
		Consents: map[string]bool{}, Limits: map[string][]time.Time{}, Seen: map[string]profile.Seen{}, History: []profile.Event{},
	}
	if there, back := compare(&profile.Profile{}, &empty), compare(&empty, &profile.Profile{}); there != 0 || back != 0 {
		t.Errorf("told %b and %b", there, back)
	}
}

// filled is a value of a type that is not its zero value.
func filled(t reflect.Type) reflect.Value {
	v := reflect.New(t).Elem()
	switch t.Kind() {
	case reflect.Slice:
		v = reflect.MakeSlice(t, 1, 1)
	case reflect.Map:
		v = reflect.MakeMap(t)
		v.SetMapIndex(reflect.Zero(t.Key()), reflect.Zero(t.Elem()))
	case reflect.Struct:
		for i := range t.NumField() {
			if f := v.Field(i); f.CanSet() {
				f.Set(filled(f.Type()))
				return v
			}
		}
		if m := v.Addr().MethodByName("UnmarshalText"); m.IsValid() {
			m.Call([]reflect.Value{reflect.ValueOf([]byte("2026-11-24T12:00:00Z"))})
		}
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	default:
		v.Set(reflect.ValueOf(1).Convert(t))
	}
	return v
}
