"""What the pictures show, by subject; each function paints one scene."""
