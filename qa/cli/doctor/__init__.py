"""What goes wrong in the first hour: the installation, the machine, the model, the folders."""
