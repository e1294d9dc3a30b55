"""The widget that draws moving lines over a still picture. It knows no optimizer."""
