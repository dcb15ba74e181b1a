"""One template for every form field of the site. No form logic here."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Renders fields with label, hint, error and control in the order a person reads them."""

    field_template_name = "forms/field.html"
