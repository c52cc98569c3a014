"""The Qt palette of one colour scheme."""

from collections.abc import Mapping

from PySide6.QtGui import QColor, QPalette

from assessor_app.ui.theme.tokens import Color

_ROLES = {
    QPalette.ColorRole.Window: Color.WINDOW,
    QPalette.ColorRole.WindowText: Color.TEXT,
    QPalette.ColorRole.Base: Color.SURFACE,
    QPalette.ColorRole.AlternateBase: Color.WINDOW,
    QPalette.ColorRole.Text: Color.TEXT,
    QPalette.ColorRole.PlaceholderText: Color.TEXT_3,
    QPalette.ColorRole.Button: Color.SURFACE,
    QPalette.ColorRole.ButtonText: Color.TEXT,
    QPalette.ColorRole.BrightText: Color.ON_ACCENT,
    QPalette.ColorRole.Highlight: Color.ACCENT,
    QPalette.ColorRole.HighlightedText: Color.ON_ACCENT,
    QPalette.ColorRole.Accent: Color.ACCENT,
    QPalette.ColorRole.Link: Color.ACCENT_TEXT,
    QPalette.ColorRole.LinkVisited: Color.ACCENT_TEXT,
    QPalette.ColorRole.ToolTipBase: Color.TOOLTIP,
    QPalette.ColorRole.ToolTipText: Color.ON_TOOLTIP,
    QPalette.ColorRole.Light: Color.RAISED,
    QPalette.ColorRole.Midlight: Color.HOVER,
    QPalette.ColorRole.Mid: Color.BUTTON_LINE,
    QPalette.ColorRole.Dark: Color.CONTROL_LINE,
    QPalette.ColorRole.Shadow: Color.SUNKEN,
}
_DISABLED_ROLES = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


def make_palette(colors: Mapping[Color, QColor]) -> QPalette:
    """Return a palette in which every role Fusion paints with has a colour of ours."""
    palette = QPalette()
    for role, color in _ROLES.items():
        palette.setColor(role, colors[color])
    for role in _DISABLED_ROLES:
        palette.setColor(QPalette.ColorGroup.Disabled, role, colors[Color.DISABLED])
    return palette
