"""nianbao (年报助手): raw facts in, a lawful 政府信息公开工作年度报告 out."""
