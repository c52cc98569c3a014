"""The window put together: screens, navigation, status and rounds with the platform."""
