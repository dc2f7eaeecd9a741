"""An invented shop around a real Deskbell, to try it without setting anything up."""
